package org.homeport.testbeds.mn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Framing;
import org.homeport.core.session.SessionSummary;
import org.homeport.core.session.SessionSummary.HomeAddress;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/** What a side learned, as a person wants to read it. */
public final class NodeReport {
    private NodeReport() {}

    /** @return lines of a name and a value each, without line ends */
    public static List<String> lines(SessionSummary summary) {
        List<String> lines = new ArrayList<>();
        boolean nat = summary.path().framing() == Framing.NON_ESP_MARKER;
        line(lines, "home agent", summary.path().remote() + " (" + summary.peer() + ")");
        line(lines, "care-of address", summary.path().local() + (nat ? " (behind a NAT)" : ""));
        for (HomeAddress home : summary.homeAddresses()) {
            line(lines, "home address", home.address() + "/" + home.prefixLength());
            line(lines, "home prefix", new IpPrefix(home.address(), home.prefixLength()).toString());
        }
        if (summary.homeAddresses().isEmpty()) {
            line(lines, "home address", "none was given");
        }
        if (!summary.dns().isEmpty()) {
            line(
                    lines,
                    "name servers",
                    String.join(
                            ", ",
                            summary.dns().stream().map(IpAddress::toString).toList()));
        }
        line(
                lines,
                "IKE SA",
                String.format("%016x / %016x  %s", summary.spiInitiator(), summary.spiResponder(), summary.suite()));
        summary.children().forEach(child -> child(lines, child));
        if (summary.children().isEmpty()) {
            line(lines, "ESP SAs", "none");
        }
        return lines;
    }

    private static void child(List<String> lines, SaPlan plan) {
        String mode = plan.mode() == SaMode.TUNNEL ? "tunnel" : "transport";
        line(
                lines,
                "ESP SAs '" + plan.name() + "'",
                "in " + plan.inbound().spiHex() + "  out " + plan.outbound().spiHex() + "  " + mode + "  "
                        + plan.suite()
                        + (plan.encapsulation().isPresent() ? "  in UDP" : ""));
        line(lines, "  between", plan.local() + " and " + plan.remote());
        line(lines, "  traffic", plan.localSelectors() + " === " + plan.remoteSelectors());
        line(lines, "  lifetime", plan.hardLifetime().isZero() ? "unlimited" : text(plan.hardLifetime()));
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static void line(List<String> lines, String name, String value) {
        lines.add(String.format("  %-18s %s", name, value));
    }
}
