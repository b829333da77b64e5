package org.homeport.daemon.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.homeport.daemon.Finding;
import org.homeport.daemon.Finding.Verdict;
import org.homeport.daemon.Inspection;
import org.homeport.daemon.Surroundings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.config.LogSettings;
import org.homeport.daemon.observe.LogSetup;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeport check}. */
@Command(
        name = "check",
        description = "Looks at everything that 'run' would need, and changes nothing: the configuration, certificates,"
                + " files, RADIUS servers, ports, the kernel's ESP.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "One line for each: OK, NOTE, or WRONG with what to do. Exit status 1 if anything is WRONG.",
            "",
            "Examples:",
            "  homeport check -c /etc/homeport/homeport.yaml",
            "  homeport check -c homeport.yaml --ask-servers"
        })
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    @Option(
            names = "--ask-servers",
            description = "ask every RADIUS server for a sign of life too (Status-Server); all else sends nothing")
    private boolean askServers;

    @Override
    public Integer call() {
        LogSetup.apply(new LogSettings(LogSettings.Format.TEXT, Level.ERROR));
        PrintWriter out = spec.commandLine().getOut();
        Configuration configuration;
        try {
            configuration = file.read();
        } catch (ConfigurationException e) {
            e.problems()
                    .forEach(problem -> print(out, new Finding(Verdict.WRONG, "configuration", problem.toString())));
            out.flush();
            return ExitCodes.FAILED;
        }
        print(
                out,
                new Finding(
                        Verdict.OK,
                        "configuration",
                        file.path() + ": " + configuration.connections().size() + " connection(s), "
                                + configuration.pools().size() + " pool(s)"));
        List<Finding> findings = Inspection.of(
                configuration, Surroundings.real(), askServers ? Inspection.Asking.SERVERS : Inspection.Asking.NOBODY);
        findings.forEach(finding -> print(out, finding));
        out.flush();
        return findings.stream().anyMatch(f -> f.verdict() == Verdict.WRONG) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private static void print(PrintWriter out, Finding finding) {
        out.printf("%-5s %-18s %s%n", finding.verdict(), finding.about(), finding.sentence());
    }
}
