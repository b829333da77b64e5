package org.homeport.testbeds.demo;

import java.util.List;
import java.util.stream.Stream;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.SessionSummary;

/** What the engine knows of a node, as a person wants to read it. */
final class AgentReport {
    private AgentReport() {}

    static List<String> lines(SessionSummary session) {
        Stream<String> who = Stream.of(
                line("node", session.authorization().identity() + ", authenticated"),
                line("care-of address", session.path().remote().toString()),
                line(
                        "home address",
                        String.join(
                                ", ",
                                session.homeAddresses().stream()
                                        .map(home -> home.address() + "/" + home.prefixLength())
                                        .toList())));
        return Stream.concat(who, session.children().stream().map(AgentReport::child))
                .toList();
    }

    private static String child(SaPlan plan) {
        return line(
                "ESP SAs '" + plan.name() + "'",
                "in " + plan.inbound().spiHex() + "  out " + plan.outbound().spiHex());
    }

    private static String line(String name, String value) {
        return String.format("  %-18s %s", name, value);
    }
}
