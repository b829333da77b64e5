package org.homeport.testbeds.mn;

import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the home agent is and how to get there, as options of a command. */
final class Gateway {
    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "ADDRESS",
            converter = OptionValues.Address.class,
            description = "the home agent's address")
    private IpAddress address = IpAddress.parse("::");

    @Option(
            names = "--port",
            converter = OptionValues.UdpPort.class,
            defaultValue = "500",
            description = "its IKE port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--nat-port",
            converter = OptionValues.UdpPort.class,
            defaultValue = "4500",
            description = "its port behind NATs (default: ${DEFAULT-VALUE})")
    private int natPort;

    @Option(
            names = "--gateway-id",
            required = true,
            paramLabel = "IDENTITY",
            converter = OptionValues.Identity.class,
            description = "whom it has to prove to be")
    private String identity = "";

    @Option(
            names = "--care-of",
            paramLabel = "ADDRESS",
            converter = OptionValues.Address.class,
            description = "our address (default: by the route)")
    private Optional<IpAddress> careOf = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    IpAddress address() {
        return address;
    }

    Endpoint endpoint() {
        return new Endpoint(address, port);
    }

    int natPort() {
        return natPort;
    }

    String identity() {
        return identity;
    }

    Optional<IpAddress> careOf() {
        if (careOf.isPresent() && careOf.get().isV6() != address.isV6()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--care-of " + careOf.get() + " cannot reach --gateway " + address
                            + ": they are not of one family.");
        }
        return careOf;
    }
}
