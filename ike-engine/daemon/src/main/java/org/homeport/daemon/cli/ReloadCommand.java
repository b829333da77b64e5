package org.homeport.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.observe.ControlClient;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code homeport reload}. */
@Command(
        name = "reload",
        description = "Makes the running daemon read its configuration again and take over aaa.servers, aaa.realms and"
                + " aaa.default-realm, with the servers' secrets and certificates. Sessions stay. All else waits for"
                + " the next start.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  homeport reload -c /etc/homeport/homeport.yaml"})
public final class ReloadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationFile configuration = new ConfigurationFile();

    @Override
    public Integer call() throws ConfigurationException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path socket = configuration.read().control();
        JsonObject answer;
        try {
            answer = Json.readObject(ControlClient.ask(socket, "reload"));
        } catch (IOException e) {
            err.println("Nobody answers at " + socket + " (" + e.getMessage() + "): is 'homeport run' running there?");
            return ExitCodes.FAILED;
        }
        if (answer.has("reloaded")) {
            out.println("Taken over: " + answer.text("reloaded") + ".");
            return ExitCodes.DONE;
        }
        err.println("Nothing was taken over:");
        answer.texts("problems").forEach(problem -> err.println("  " + problem));
        if (answer.has("error")) {
            err.println("  " + answer.text("error"));
        }
        return ExitCodes.FAILED;
    }
}
