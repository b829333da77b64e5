package org.homeport.testbeds.radius;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.homeport.daemon.cli.ExitCodes;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A RADIUS server that lies: for scenarios. */
@Command(
        name = "lying-aaa",
        hidden = true,
        description = {
            "Sits in front of a RADIUS server and lies to its clients: passes requests on as they are, and tells the lie"
                    + " when the genuine answer comes.",
            "Prints 'ready PORT' when it listens, and a line for every lie told. Runs until it is stopped."
        },
        mixinStandardHelpOptions = true)
public final class LyingAaaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            converter = Socket.class,
            defaultValue = "[::1]:1812",
            description = "where clients ask, an IPv6 address in brackets (default: ${DEFAULT-VALUE})")
    private Endpoint listen = new Endpoint(IpAddress.parse("::1"), 1812);

    @Option(
            names = "--upstream",
            paramLabel = "ADDRESS:PORT",
            converter = Socket.class,
            defaultValue = "[::1]:11812",
            description = "the genuine server (default: ${DEFAULT-VALUE})")
    private Endpoint upstream = new Endpoint(IpAddress.parse("::1"), 11812);

    @Option(
            names = "--secret",
            paramLabel = "TEXT",
            defaultValue = "testing123",
            description = "what clients and server share (default: ${DEFAULT-VALUE})")
    private String secret = "testing123";

    @Option(
            names = "--lie",
            paramLabel = "NAME",
            converter = LieName.class,
            defaultValue = "truth",
            description = "which one; --lies lists them (default: ${DEFAULT-VALUE})")
    private Lie lie = Lie.TRUTH;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "2147483647",
            description = "how often to tell it before the truth (default: always)")
    private int times;

    @Option(names = "--accounting", description = "pass on the next port (accounting) as well, untouched")
    private boolean accounting;

    @Option(names = "--orders", description = "take the names of further lies on standard input, one a line")
    private boolean orders;

    @Option(names = "--lies", description = "list the lies and end")
    private boolean lies;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (lies) {
            Arrays.stream(Lie.values()).forEach(one -> out.printf("%-30s %s%n", one, one.words()));
            out.flush();
            return ExitCodes.DONE;
        }
        RandomSource random = RandomSource.of(new SecureRandom());
        if (accounting) {
            LyingProxy untouched =
                    new LyingProxy(next(listen), next(upstream), Secret.utf8(secret), Lie.TRUTH, 0, random, line -> {});
            Thread.ofVirtual().start(() -> passOn(untouched, out));
        }
        try (LyingProxy proxy = new LyingProxy(
                listen.toSocketAddress(),
                upstream.toSocketAddress(),
                Secret.utf8(secret),
                lie,
                times,
                random,
                line -> say(out, line))) {
            if (orders) {
                Thread.ofPlatform().daemon().name("orders").start(() -> takeOrders(proxy, out));
            }
            say(out, "ready " + proxy.port());
            proxy.run();
        }
        return ExitCodes.DONE;
    }

    private static void passOn(LyingProxy proxy, PrintWriter out) {
        try {
            proxy.run();
        } catch (IOException e) {
            say(out, "accounting is not passed on any more: " + e.getMessage());
        }
    }

    private static void takeOrders(LyingProxy proxy, PrintWriter out) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String name = in.readLine(); name != null; name = in.readLine()) {
                try {
                    proxy.change(new LieName().convert(name.strip()));
                    say(out, "telling " + name.strip());
                } catch (TypeConversionException e) {
                    say(out, "not told: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            say(out, "no more orders: " + e.getMessage());
        }
    }

    private static void say(PrintWriter out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static InetSocketAddress next(Endpoint endpoint) {
        return endpoint.withPort(endpoint.port() + 1).toSocketAddress();
    }

    /** An address and a port. */
    static final class Socket implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            int colon = text.lastIndexOf(':');
            try {
                String address = text.substring(0, Math.max(colon, 0)).replaceAll("^\\[|\\]$", "");
                return new Endpoint(IpAddress.parse(address), Integer.parseInt(text.substring(colon + 1)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no address and port: expected 192.0.2.1:1812 or [2001:db8::1]:1812");
            }
        }
    }

    /** Spelled with hyphens. */
    static final class LieName implements ITypeConverter<Lie> {
        @Override
        public Lie convert(String text) {
            return Arrays.stream(Lie.values())
                    .filter(lie -> lie.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is none of the lies (--lies): " + Arrays.toString(Lie.values())));
        }
    }
}
