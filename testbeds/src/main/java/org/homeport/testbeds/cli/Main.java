package org.homeport.testbeds.cli;

import org.homeport.daemon.cli.ExitCodes;
import org.homeport.daemon.cli.Homeport;
import org.homeport.testbeds.demo.DemoCommand;
import org.homeport.testbeds.hlr.HlrCommand;
import org.homeport.testbeds.mn.LoadCommand;
import org.homeport.testbeds.mn.MnCommand;
import org.homeport.testbeds.mn.Orders;
import org.homeport.testbeds.radius.LyingAaaCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program with everything: the daemon's commands, and a mobile node to try them with. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Homeport.commandLine()
                .addSubcommand(new MnCommand())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new LyingAaaCommand())
                .addSubcommand(new LoadCommand())
                .addSubcommand(new HlrCommand())
                .addSubcommand(new ScriptCommand(Main::scripted, System.in))
                // Once more: it only reaches the commands that are there already.
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** What may stand in a script: what needs no standard input of its own. */
    static CommandLine scripted(Orders orders) {
        return new CommandLine(CommandSpec.create().name("homeport"))
                .addSubcommand(new MnCommand(() -> orders))
                .addSubcommand(new LoadCommand())
                .setExecutionExceptionHandler(ExitCodes::explain)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
