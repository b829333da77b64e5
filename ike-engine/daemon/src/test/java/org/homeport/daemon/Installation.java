package org.homeport.daemon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.homeport.daemon.cli.Homeport;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.config.ConfigurationReader;
import picocli.CommandLine;

/** What {@code homeport init} made, on loopback with ports of the system's choice and without ESP. */
record Installation(Path directory) {
    /** What a command did. */
    record Ran(int exitCode, String out, String err) {}

    static Installation in(Path directory) throws Exception {
        Ran ran = homeport("init", directory.toString(), "--listen", "127.0.0.1");
        if (ran.exitCode() != 0) {
            throw new AssertionError(ran);
        }
        Path file = directory.resolve("homeport.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("port: 5?500, nat-port: [45]50[01]", "port: 0, nat-port: 0")
                        .replace("sa-backend: kernel", "sa-backend: none"));
        return new Installation(directory);
    }

    Path file() {
        return directory.resolve("homeport.yaml");
    }

    Configuration configuration() throws ConfigurationException {
        return ConfigurationReader.read(file());
    }

    void append(String lines) throws Exception {
        replace("\nlog:", "\n" + lines + "\nlog:");
    }

    void replace(String from, String to) throws Exception {
        String text = Files.readString(file());
        if (!text.contains(from)) {
            throw new AssertionError("no '" + from + "' in " + text);
        }
        Files.writeString(file(), text.replace(from, to));
    }

    static Ran homeport(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands =
                Homeport.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = commands.execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
