package org.homeport.testbeds.mn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.IpAddress;

/** The node's home addresses on a device of its system, by {@code ip}; taken away again when it is done. */
final class HomeAddresses implements AutoCloseable {
    private final String device;
    private final List<IpAddress> addresses;

    private HomeAddresses(String device, List<IpAddress> addresses) {
        this.device = device;
        this.addresses = addresses;
    }

    /** @throws IOException in the words of {@code ip} */
    static HomeAddresses assign(Optional<String> device, SessionSummary summary)
            throws IOException, InterruptedException {
        List<IpAddress> addresses = device.isEmpty()
                ? List.of()
                : summary.homeAddresses().stream()
                        .map(SessionSummary.HomeAddress::address)
                        .toList();
        HomeAddresses assigned = new HomeAddresses(device.orElse(""), addresses);
        for (IpAddress address : addresses) {
            ip("replace", address, device.orElse(""));
        }
        return assigned;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (IpAddress address : addresses) {
            ip("del", address, device);
        }
    }

    private static void ip(String action, IpAddress address, String device) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("ip", "address", action, address + (address.isV6() ? "/128" : "/32"), "dev", device));
        if (address.isV6() && action.equals("replace")) {
            command.add("nodad");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
