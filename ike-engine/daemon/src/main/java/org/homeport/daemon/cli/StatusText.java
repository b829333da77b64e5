package org.homeport.daemon.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.homeport.daemon.observe.JsonObject;

/** A status report as a person wants to read it. */
final class StatusText {
    private final PrintWriter out;

    StatusText(PrintWriter out) {
        this.out = out;
    }

    void print(JsonObject status) {
        out.println(status.text("identity") + ", up " + age(status.number("uptime-seconds")) + ", process "
                + status.text("pid") + ", SA backend " + status.text("sa-backend"));
        out.println("listening on " + String.join(", ", status.texts("listening")));
        List<JsonObject> sessions = status.objects("sessions");
        out.println();
        out.println(sessions.isEmpty() ? "No session is established." : "Sessions (" + sessions.size() + "):");
        sessions.forEach(this::session);
        if (!status.objects("pools").isEmpty()) {
            out.println();
            out.println("Pools:");
            status.objects("pools").forEach(this::pool);
        }
        section("RADIUS servers:", status.objects("aaa-servers"), this::server);
        section("Accounting that no server has confirmed:", status.objects("accounting"), this::backlog);
        out.println();
        out.println("Counters:");
        status.entries("counters").forEach((name, value) -> out.printf("  %-28s %s%n", name, value));
        status.entries("drops").forEach((reason, value) -> out.printf("  dropped: %-19s %s%n", reason, value));
    }

    private void session(JsonObject session) {
        out.println();
        out.println("  " + session.text("session") + "  " + session.text("identity") + "  ("
                + session.text("connection") + ", for " + age(session.number("age-seconds")) + ")");
        line("IKE identity", session.text("peer"));
        line("care-of address", session.text("care-of"));
        line("home addresses", String.join(", ", session.texts("home-addresses")));
        if (session.has("authorized-until")) {
            line(
                    "authorized",
                    "until " + session.text("authorized-until") + ", for " + age(session.number("authorized-seconds")));
        }
        session.object("authorized-by").ifPresent(this::authorizer);
        line("IKE SPIs", session.text("spi-initiator") + "_i " + session.text("spi-responder") + "_r");
        line("IKE algorithms", session.text("suite"));
        session.objects("children").forEach(this::child);
    }

    private void authorizer(JsonObject by) {
        String servers = String.join(", ", by.texts("servers"));
        line(
                "authorized by",
                "realm " + by.text("realm") + (servers.isEmpty() ? "" : " (" + servers + ")") + ", proved with "
                        + by.text("method"));
    }

    private void child(JsonObject child) {
        line(
                "child " + child.text("name"),
                child.text("mode") + ", ESP in " + child.text("spi-in") + " out " + child.text("spi-out") + ", "
                        + child.text("suite") + ", reqid " + child.text("reqid"));
        line("", child.text("selectors"));
    }

    private void pool(JsonObject pool) {
        out.printf(
                "  %-12s %s of %s addresses held, %s kept for former owners%n",
                pool.text("pool"), pool.text("held"), pool.text("size"), pool.text("released"));
    }

    private void section(String heading, List<JsonObject> objects, Consumer<JsonObject> print) {
        if (!objects.isEmpty()) {
            out.println();
            out.println(heading);
            objects.forEach(print);
        }
    }

    private void server(JsonObject server) {
        out.printf(
                "  %-12s %s for %s; %s asked, %s answered, %s not, %s waiting%n",
                server.text("server"),
                server.text("standing"),
                age(server.number("for-seconds")),
                server.text("sent"),
                server.text("answered"),
                server.text("unanswered"),
                server.text("outstanding"));
        if (server.has("accounting") && !server.text("accounting").equals(server.text("standing"))) {
            out.printf("      accounting: %s%n", server.text("accounting"));
        }
        if (server.has("trouble")) {
            out.printf("      trouble: %s%n", server.text("trouble"));
        }
        server.entries("discarded").forEach((reason, count) -> out.printf("      discarded: %s %s%n", reason, count));
    }

    private void backlog(JsonObject backlog) {
        out.printf("  %-12s %s records%n", backlog.text("route"), backlog.text("records"));
    }

    private void line(String what, String value) {
        out.printf("      %-16s %s%n", what, value);
    }

    private static String age(long seconds) {
        Duration age = Duration.ofSeconds(seconds);
        if (age.toDays() > 0) {
            return age.toDays() + "d" + age.toHoursPart() + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h" + age.toMinutesPart() + "m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" + age.toSecondsPart() + "s" : seconds + "s";
    }
}
