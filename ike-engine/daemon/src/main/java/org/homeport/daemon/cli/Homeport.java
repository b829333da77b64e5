package org.homeport.daemon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program. */
@Command(
        name = "homeport",
        description = "Gets mobile nodes into Mobile IPv6: an IKEv2 responder beside the home agent.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "homeport 0.1.0-SNAPSHOT",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            ReloadCommand.class,
            LeasesCommand.class,
            InitCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failed; what failed is on standard error", "2:the command line is wrong"})
public final class Homeport {
    private Homeport() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** With every command of this module; programs that know more add theirs. */
    public static CommandLine commandLine() {
        return new CommandLine(new Homeport())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(ExitCodes::explain);
    }
}
