package org.homeport.testbeds.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.homeport.kit.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The whole command, sockets included. It sets the log of the whole process up, which is put back here. */
@Isolated
class DemoCommandTest {
    private static final String SPI = "[0-9a-f]{8}";

    private final PrintStream systemError = System.err;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void listenToTheLog() {
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void putTheLogBack() throws JoranException {
        System.setErr(systemError);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            new ContextInitializer(context).autoConfig();
        }
    }

    private int demo(DemoCommand command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    /** What goes to standard error, by whichever way. */
    private String standardError() {
        return errors + logged.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nodeLearnsWhatItNeedsAndIsRegistered() {
        assertThat(demo(new DemoCommand())).isZero();
        assertThat(output.toString())
                .containsPattern("home agent +\\[?::1\\]?:\\d+ \\(ha\\.example\\.org\\)")
                .containsPattern("home address +2001:db8:100:[0-9a-f:]+/64")
                .containsPattern("home prefix +2001:db8:100::/64")
                .containsPattern("ESP SAs 'mh' +in " + SPI + "  out " + SPI + "  transport")
                .containsPattern("lifetime +\\d+[hms]")
                .containsPattern("Binding Acknowledgement: status 0 \\(accepted\\), lifetime 420 s, under ESP " + SPI)
                .containsPattern("Home address 2001:db8:100:[0-9a-f:]+, Binding Update accepted\\.");
        assertThat(standardError()).isEmpty();
    }

    @Test
    void bothSidesKnowTheSamePairOfSas() {
        demo(new DemoCommand());
        assertThat(output.toString().replace("\n", " "))
                .containsPattern("ESP SAs 'mh' +in (" + SPI + ")  out (" + SPI + ") .*ESP SAs 'mh' +in \\2  out \\1 ");
    }

    @Test
    void wrongPasswordIsRefusedInOneLine() {
        assertThat(demo(new DemoCommand(), "--password", "wrong")).isEqualTo(1);
        assertThat(standardError().lines())
                .singleElement()
                .asString()
                .startsWith("demo: mn1@example.org was refused")
                .endsWith("(the password is wrong)");
        assertThat(output.toString()).doesNotContain("accepted", "home address");
    }

    /** Netty has warnings of its own, as on a host without a hardware address. */
    @Test
    void librariesDoNotWarnOnStandardError() {
        demo(new DemoCommand(), "--password", "wrong");
        assertThat(LoggerFactory.getLogger("io.netty.util.internal.MacAddressUtil")
                        .isWarnEnabled())
                .isFalse();
    }

    @Test
    void hostWithoutIpv6IsToldSo() {
        assertThat(demo(new DemoCommand(IpAddress.parse("2001:db8::1")))).isEqualTo(1);
        assertThat(standardError().lines())
                .singleElement()
                .asString()
                .startsWith("demo: the demo needs IPv6 on the loopback interface (2001:db8::1): ");
        assertThat(output.toString()).isEmpty();
    }
}
