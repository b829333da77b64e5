package org.homeport.daemon.cli;

import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** How commands end: 0 done, 1 failed, 2 wrong usage (picocli's own). */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int FAILED = 1;

    private ExitCodes() {}

    /** What was foreseen is told in its own words; anything else is a mistake of ours and shows its stack. */
    public static int explain(Exception thrown, CommandLine command, ParseResult parsed) {
        switch (thrown) {
            case ConfigurationException configuration -> command.getErr().println(configuration.getMessage());
            case StartFailedException failed -> command.getErr().println(failed.getMessage());
            default -> thrown.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILED;
    }
}
