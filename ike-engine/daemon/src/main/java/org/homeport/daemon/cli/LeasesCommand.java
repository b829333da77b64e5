package org.homeport.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.StoppedLeases;
import org.homeport.daemon.Surroundings;
import org.homeport.daemon.cli.InitCommand.AddressConverter;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.config.LogSettings;
import org.homeport.daemon.observe.ControlClient;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.daemon.observe.LeaseQuestion;
import org.homeport.daemon.observe.LogSetup;
import org.homeport.kit.IpAddress;
import org.homeport.lease.LeaseFilter;
import org.homeport.lease.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code homeport leases}. */
@Command(
        name = "leases",
        description =
                "Shows home addresses: whose they are, since and until when, and which session holds them. Asks the"
                        + " running daemon; when there is none, reads the lease store.",
        mixinStandardHelpOptions = true,
        subcommands = {LeasesReleaseCommand.class, LeasesExportCommand.class, LeasesImportCommand.class},
        footer = {
            "",
            "held: by a session; with an end, by one of an earlier run whose owner has not returned yet.",
            "resting: released, and kept for its former owner. expired: goes to somebody else when the pool has no other.",
            "",
            "Examples:",
            "  homeport leases -c homeport.yaml",
            "  homeport leases -c homeport.yaml --identity '*@example.org' --json | jq '.leases[].address'",
            "  homeport leases -c homeport.yaml --address 2001:db8:100::42 --at 2026-11-23T10:00:00Z"
        })
public final class LeasesCommand implements Callable<Integer> {
    /** For picocli. */
    static final class TimeConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text
                        + "' is not a time with its offset, as 2026-11-23T10:00:00Z or 2026-11-23T11:00+01:00");
            }
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            converter = AddressConverter.class,
            description = "only the lease of this address")
    private @Nullable IpAddress address;

    @Option(
            names = "--identity",
            paramLabel = "IDENTITY",
            description = "only leases of this authenticated identity; * stands for anything")
    private @Nullable String identity;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "who had the addresses then, from where, in which session; as far back as lease-history in"
                    + " the configuration says")
    private @Nullable Instant at;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    /** Of a command below this one: its own, or the one that was given before its name. */
    Configuration configuration(CommandSpec below, ConfigurationFile own) throws ConfigurationException {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!option.longestName().equals("--config")) {
                throw new ParameterException(
                        below.commandLine(),
                        option.longestName() + " is an option of 'leases', not of 'leases " + below.name() + "'");
            }
        }
        return below.commandLine().getParseResult().hasMatchedOption("--config") ? own.read() : file.read();
    }

    @Override
    public Integer call() throws ConfigurationException, StartFailedException, StoreUnavailableException {
        quiet();
        Configuration configuration = file.read();
        LeaseQuestion question = new LeaseQuestion(
                new LeaseFilter(Optional.ofNullable(address), Optional.ofNullable(identity)), Optional.ofNullable(at));
        PrintWriter err = spec.commandLine().getErr();
        Optional<String> said = ask(configuration.control(), question.asked());
        String answer;
        if (said.isPresent()) {
            answer = said.get();
        } else {
            sayStopped(configuration, err);
            answer = Json.write(stopped(configuration).list(question));
        }
        JsonObject leases = Json.readObject(answer);
        if (leases.has("error")) {
            err.println(leases.text("error"));
            return ExitCodes.FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer);
        } else {
            new LeaseText(out).print(leases);
        }
        out.flush();
        return ExitCodes.DONE;
    }

    /** @return the daemon's answer; empty if there is none that answers */
    static Optional<String> ask(Path socket, Map<String, Object> question) {
        try {
            return Optional.of(ControlClient.ask(socket, question));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static StoppedLeases stopped(Configuration configuration) {
        return new StoppedLeases(configuration, Surroundings.real().clock());
    }

    static void sayStopped(Configuration configuration, PrintWriter err) {
        err.println("No daemon answers at " + configuration.control() + ": this is from the lease store "
                + configuration.leaseStore());
    }

    /** For commands that change nothing. */
    static void quiet() {
        LogSetup.apply(new LogSettings(LogSettings.Format.TEXT, Level.ERROR));
    }
}
