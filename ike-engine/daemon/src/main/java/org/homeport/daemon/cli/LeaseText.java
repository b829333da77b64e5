package org.homeport.daemon.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.lease.LeaseAudit;

/** Leases as a table, one a line. */
final class LeaseText {
    private static final String NOTHING = "-";

    private final PrintWriter out;

    LeaseText(PrintWriter out) {
        this.out = out;
    }

    void print(JsonObject report) {
        List<JsonObject> leases = report.objects("leases");
        if (leases.isEmpty()) {
            out.println(report.has("at") ? "Nobody had an address then." : "There is no lease.");
            return;
        }
        List<String> keys = new ArrayList<>(
                List.of("address", "state", "identity", "pool", "since", "until", "care-of", "session"));
        if (report.has("at")) {
            keys.add("authority");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(keys.stream().map(key -> key.toUpperCase(Locale.ROOT)).toList());
        leases.forEach(
                lease -> rows.add(keys.stream().map(key -> cell(lease, key)).toList()));
        int[] widths = new int[keys.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    /** An identity is the peer's text: it must not break a line or hide one. */
    private static String cell(JsonObject lease, String key) {
        String text = LeaseAudit.printable(lease.text(key));
        return text.isEmpty() ? NOTHING : text;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
