package org.homeport.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.kit.IpAddress;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ExitCodesTest {
    private final StringWriter err = new StringWriter();

    @Command(name = "thrower")
    static final class Thrower implements Callable<Integer> {
        @Option(names = "--gateway")
        private String gateway = "::1";

        private final Exception thrown;

        Thrower(Exception thrown) {
            this.thrown = thrown;
        }

        @Override
        public Integer call() throws Exception {
            IpAddress.parse(gateway);
            throw thrown;
        }
    }

    @Test
    void valueThatOnlyTheCommandFindsWrongIsWrongUsage() {
        assertThat(run(new IllegalStateException("not reached"), "--gateway", "2001:db8::g"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Invalid value for option '--gateway': ")
                .contains("2001:db8::g")
                .hasLineCount(1);
    }

    @Test
    void missingFileIsOneSentence() {
        assertThat(run(new NoSuchFileException("ca.crt"))).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("ca.crt: there is no such file or directory");
    }

    @Test
    void forbiddenFileIsOneSentence() {
        assertThat(run(new AccessDeniedException("ha.key"))).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("ha.key: ")
                .contains("permissions")
                .hasLineCount(1);
    }

    @Test
    void unusableKeyIsOneSentence() {
        assertThat(run(new KeyMaterialException("ha.key: broken PEM"))).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("ha.key: broken PEM");
    }

    @Test
    void mistakeOfOursShowsItsStack() {
        assertThat(run(new IllegalArgumentException("a bug"), "--gateway", "::2"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("IllegalArgumentException: a bug", "\tat ");
    }

    private int run(Exception thrown, String... arguments) {
        return new CommandLine(new Thrower(thrown))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(ExitCodes::explain)
                .execute(arguments);
    }
}
