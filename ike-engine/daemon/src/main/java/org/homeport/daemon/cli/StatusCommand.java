package org.homeport.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.observe.ControlClient;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeport status}. */
@Command(
        name = "status",
        description = "Shows the sessions, pools and counters of the running daemon.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  homeport status -c homeport.yaml",
            "  homeport status --socket run/homeport.sock --json | jq '.sessions[].peer'"
        })
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationFile configuration = new ConfigurationFile();

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "the daemon's control socket (default: the one that the configuration names)")
    private @Nullable Path socket;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws ConfigurationException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> given = Optional.ofNullable(socket);
        Path asked =
                given.isPresent() ? given.orElseThrow() : configuration.read().control();
        String answer;
        try {
            answer = ControlClient.ask(asked, "status");
        } catch (IOException e) {
            err.println("Nobody answers at " + asked + " (" + e.getMessage() + "): is 'homeport run' running there?");
            return ExitCodes.FAILED;
        }
        JsonObject status = Json.readObject(answer);
        if (status.has("error")) {
            err.println(status.text("error"));
            return ExitCodes.FAILED;
        }
        if (json) {
            out.println(answer);
        } else {
            new StatusText(out).print(status);
        }
        out.flush();
        return ExitCodes.DONE;
    }
}
