package org.homeport.testbeds.mn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.homeport.core.session.SessionSummary.HomeAddress;
import org.homeport.kit.IpAddress;

/**
 * The node's home addresses on a device of its system, by {@code ip}; taken away again when it is done. May be closed
 * while another thread assigns: what that has put there goes, and nothing follows.
 */
final class HomeAddresses implements AutoCloseable {
    private final String device;
    private final Ip ip;
    private final Deque<IpAddress> assigned = new ArrayDeque<>();
    private boolean closed;

    /** Runs a command line. */
    interface Ip {
        /** @throws IOException in the command's own words */
        void run(List<String> command) throws IOException, InterruptedException;
    }

    HomeAddresses(String device) {
        this(device, HomeAddresses::run);
    }

    HomeAddresses(String device, Ip ip) {
        this.device = device;
        this.ip = ip;
    }

    /** @throws IOException in the words of {@code ip} */
    synchronized void assign(List<HomeAddress> addresses) throws IOException, InterruptedException {
        for (HomeAddress home : addresses) {
            if (closed) {
                return;
            }
            List<String> command = command("replace", home.address());
            if (home.address().isV6()) {
                command.add("nodad");
            }
            ip.run(command);
            assigned.add(home.address());
        }
    }

    @Override
    public synchronized void close() throws IOException, InterruptedException {
        closed = true;
        while (!assigned.isEmpty()) {
            ip.run(command("del", assigned.removeLast()));
        }
    }

    private List<String> command(String action, IpAddress address) {
        return new ArrayList<>(
                List.of("ip", "address", action, address + (address.isV6() ? "/128" : "/32"), "dev", device));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
