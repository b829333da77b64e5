package org.homeport.daemon.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.homeport.daemon.LeaseRelease;
import org.homeport.daemon.LeaseRelease.Holders;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.cli.InitCommand.AddressConverter;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.daemon.observe.LogSetup;
import org.homeport.kit.IpAddress;
import org.homeport.lease.LeaseAudit;
import org.homeport.lease.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code homeport leases release}. */
@Command(
        name = "release",
        description =
                "Ends leases at once: the addresses are nobody's then, and their former owners get others. Refuses,"
                        + " and does nothing, if a session holds one of them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  homeport leases release -c homeport.yaml 2001:db8:100::42",
            "  homeport leases release -c homeport.yaml --identity alice@example.org --disconnect"
        })
public final class LeasesReleaseCommand implements Callable<Integer> {
    /** One of the two. */
    static final class Which {
        @Parameters(
                paramLabel = "ADDRESS",
                arity = "1",
                converter = AddressConverter.class,
                description = "the lease of this address")
        private @Nullable IpAddress address;

        @Option(
                names = "--identity",
                paramLabel = "IDENTITY",
                required = true,
                description = "all leases of this authenticated identity, exactly")
        private @Nullable String identity;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private LeasesCommand leases = new LeasesCommand();

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--disconnect",
            description = "also if a session holds it: that is ended first, with a Delete towards its peer")
    private boolean disconnect;

    @Override
    public Integer call() throws ConfigurationException, StartFailedException, StoreUnavailableException {
        Configuration configuration = leases.configuration(spec, file);
        LogSetup.apply(configuration.log());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        LeaseRelease release = new LeaseRelease(
                Optional.ofNullable(which.address),
                Optional.ofNullable(which.identity),
                disconnect ? Holders.DISCONNECT : Holders.KEEP);
        Optional<String> said = LeasesCommand.ask(configuration.control(), release.asked());
        if (said.isEmpty()) {
            LeasesCommand.sayStopped(configuration, err);
        }
        JsonObject answer = Json.readObject(
                said.isPresent()
                        ? said.get()
                        : Json.write(LeasesCommand.stopped(configuration).release(release)));
        for (JsonObject lease : answer.objects("released")) {
            out.println("Released " + lease.text("address") + ", was " + lease.text("was") + " for "
                    + LeaseAudit.printable(lease.text("identity")) + " (session " + lease.text("session") + ").");
        }
        out.flush();
        List<String> problems = answer.has("error") ? List.of(answer.text("error")) : answer.texts("problems");
        problems.forEach(err::println);
        return problems.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
