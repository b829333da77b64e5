package org.homeport.daemon.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.Optional;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.xfrm.XfrmUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How commands end: 0 done, 1 failed, 2 wrong usage (picocli's own). */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int FAILED = 1;

    private ExitCodes() {}

    /** What was foreseen is told in one sentence; anything else is a mistake of ours and shows its stack. */
    public static int explain(Exception thrown, CommandLine command, ParseResult parsed) {
        int code = FAILED;
        switch (thrown) {
            case ConfigurationException configuration -> command.getErr().println(configuration.getMessage());
            case StartFailedException failed -> command.getErr().println(failed.getMessage());
            case KeyMaterialException key -> command.getErr().println(key.getMessage());
            case XfrmUnavailableException kernel -> command.getErr().println(kernel.getMessage());
            case StoreUnavailableException store -> command.getErr().println(store.sentence());
            case IOException io -> command.getErr().println(sentence(io));
            case IllegalArgumentException illegal -> {
                Optional<ArgSpec> blamed = blamed(illegal, command);
                if (blamed.isPresent()) {
                    command.getErr().println("Invalid value for " + name(blamed.get()) + ": " + illegal.getMessage());
                    code = command.getCommandSpec().exitCodeOnInvalidInput();
                } else {
                    illegal.printStackTrace(command.getErr());
                }
            }
            default -> thrown.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return code;
    }

    /** The JDK says no more than the file's name when a file is not there or may not be touched. */
    private static String sentence(IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException e -> e.getFile() + ": there is no such file or directory";
            case AccessDeniedException e -> e.getFile() + ": this user may not do that here (see its permissions)";
            case FileAlreadyExistsException e -> e.getFile() + ": is there already, and is no directory";
            case FileSystemException e -> String.valueOf(e.getMessage());
            default ->
                Optional.ofNullable(thrown.getMessage())
                        .orElse(thrown.getClass().getSimpleName());
        };
    }

    /** The argument whose value the complaint quotes: then the value is the mistake, and not the program. */
    private static Optional<ArgSpec> blamed(IllegalArgumentException illegal, CommandLine command) {
        String complaint = String.valueOf(illegal.getMessage());
        return command.getParseResult().matchedArgs().stream()
                .filter(arg -> longestQuoted(arg, complaint) > 0)
                .max(Comparator.comparingInt(arg -> longestQuoted(arg, complaint)));
    }

    private static int longestQuoted(ArgSpec argument, String complaint) {
        return argument.typeInfo().isBoolean()
                ? 0
                : argument.stringValues().stream()
                        .filter(complaint::contains)
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? "option '" + option.longestName() + "'" : argument.paramLabel();
    }
}
