package org.homeport.daemon.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.observe.LeaseLine;
import org.homeport.daemon.observe.LogSetup;
import org.homeport.lease.ImportedLease;
import org.homeport.lease.LeaseImport;
import org.homeport.lease.StoreUnavailableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code homeport leases import}. */
@Command(
        name = "import",
        description = "Takes over what 'homeport leases export' wrote into the store of a daemon that does not run: all"
                + " of it or nothing. What is held or resting for another identity is not overwritten; of two words on a"
                + " lease of the same identity the newer one counts.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  homeport leases import -c homeport.yaml leases.jsonl"})
public final class LeasesImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private LeasesCommand leases = new LeasesCommand();

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    @Parameters(paramLabel = "LEASES", description = "the file to read, one JSON object a line")
    private Path from = Path.of("leases.jsonl");

    @Override
    public Integer call() throws ConfigurationException, StartFailedException, StoreUnavailableException, IOException {
        Configuration configuration = leases.configuration(spec, file);
        LogSetup.apply(configuration.log());
        PrintWriter err = spec.commandLine().getErr();
        List<String> problems = new ArrayList<>();
        List<ImportedLease> read = read(problems);
        if (problems.isEmpty()) {
            LeaseImport.Result result = LeasesCommand.stopped(configuration).take(read);
            problems.addAll(result.problems());
            if (problems.isEmpty()) {
                spec.commandLine()
                        .getOut()
                        .println("Taken over: " + result.written().size() + " lease(s); " + result.unchanged()
                                + " are there already. Store: " + configuration.leaseStore());
                return ExitCodes.DONE;
            }
        }
        err.println("Nothing was taken over:");
        problems.forEach(problem -> err.println("  " + from + ": " + problem));
        return ExitCodes.FAILED;
    }

    private List<ImportedLease> read(List<String> problems) throws IOException {
        List<ImportedLease> all = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(from, StandardCharsets.UTF_8)) {
            String text;
            for (int line = 1; (text = lines.readLine()) != null; line++) {
                if (text.isBlank()) {
                    continue;
                }
                try {
                    all.add(LeaseLine.read(line, text));
                } catch (IllegalArgumentException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        } catch (MalformedInputException e) {
            problems.add("is not text in UTF-8");
        }
        return all;
    }
}
