package org.homeport.daemon.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.homeport.daemon.HomeportDaemon;
import org.homeport.daemon.StartFailedException;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.observe.LogSetup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code homeport run}. */
@Command(
        name = "run",
        description = "Runs the responder in the foreground, until SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "SIGTERM deletes all SAs towards their peers, keeps the leases and ends within 5 seconds.",
            "",
            "Examples:",
            "  homeport run -c /etc/homeport/homeport.yaml",
            "  homeport run -c homeport.yaml --keylog ikev2_decryption_table"
        })
public final class RunCommand implements Callable<Integer> {
    private static final Duration LONGEST_END = Duration.ofMillis(4_700);

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    @Option(
            names = "--keylog",
            paramLabel = "FILE",
            description = "write the keys of all IKE SAs, as Wireshark's ikev2_decryption_table has them")
    private @Nullable Path keyLog;

    @Override
    public Integer call() throws ConfigurationException, StartFailedException, InterruptedException {
        Configuration read = file.read();
        Configuration configuration = keyLog == null ? read : read.withKeyLog(keyLog.toAbsolutePath());
        LogSetup.apply(configuration.log());
        HomeportDaemon daemon = HomeportDaemon.start(configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon), "end"));
        new CountDownLatch(1).await();
        return ExitCodes.DONE;
    }

    /** Being told to end is no failure: without this the JVM would say 143. */
    private static void end(HomeportDaemon daemon) {
        Thread closing = Thread.ofPlatform().daemon().name("closing").start(daemon::close);
        try {
            boolean over = closing.join(LONGEST_END);
            Runtime.getRuntime().halt(over ? ExitCodes.DONE : ExitCodes.FAILED);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(ExitCodes.FAILED);
        }
    }
}
