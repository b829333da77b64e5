package org.homeport.daemon.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.lease.StoreUnavailableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code homeport leases export}. */
@Command(
        name = "export",
        description = "Writes all leases to standard output, one JSON object a line, for 'homeport leases import'. The"
                + " history stays behind.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  homeport leases export -c homeport.yaml > leases.jsonl"})
public final class LeasesExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private LeasesCommand leases = new LeasesCommand();

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    @Override
    public Integer call() throws ConfigurationException, StartFailedException, StoreUnavailableException {
        LeasesCommand.quiet();
        Configuration configuration = leases.configuration(spec, file);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<String> said = LeasesCommand.ask(configuration.control(), Map.of("command", "leases-export"));
        if (said.isEmpty()) {
            LeasesCommand.sayStopped(configuration, err);
        }
        JsonObject answer = Json.readObject(
                said.isPresent()
                        ? said.get()
                        : Json.write(LeasesCommand.stopped(configuration).export()));
        if (answer.has("error")) {
            err.println(answer.text("error"));
            return ExitCodes.FAILED;
        }
        answer.objects("leases").forEach(lease -> out.println(Json.write(lease.values())));
        out.flush();
        if (out.checkError()) {
            err.println("Not everything could be written to standard output.");
            return ExitCodes.FAILED;
        }
        return ExitCodes.DONE;
    }
}
