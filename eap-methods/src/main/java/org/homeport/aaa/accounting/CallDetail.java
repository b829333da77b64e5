package org.homeport.aaa.accounting;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.homeport.kit.Octets;

/** A record as one line of JSON (RFC 8259), in ASCII. */
final class CallDetail {
    private final StringBuilder line = new StringBuilder("{");

    private CallDetail() {}

    /** @param nas our name */
    static String line(String nas, AccountingRecord record) {
        CallDetail detail = new CallDetail();
        detail.text("record", record.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        detail.text("at", record.at().toString());
        detail.text("nas", nas);
        detail.text("session", record.id());
        if (record instanceof AccountingRecord.OfSession about) {
            detail.session(about.session());
        }
        if (record instanceof AccountingRecord.Counted counted) {
            detail.number("seconds", counted.sessionTime().toSeconds());
            detail.number("input-octets", counted.usage().inputOctets());
            detail.number("input-packets", counted.usage().inputPackets());
            detail.number("output-octets", counted.usage().outputOctets());
            detail.number("output-packets", counted.usage().outputPackets());
        }
        if (record instanceof AccountingRecord.Stop stop) {
            detail.text("cause", word(stop.cause()));
        }
        return detail.line.append('}').toString();
    }

    private void session(AccountedSession session) {
        text("multi-session", session.multiId());
        text("route", session.route());
        text("user", session.userName());
        text("authenticated-by", word(session.authentic()));
        session.chargeableUserIdentity().ifPresent(identity -> text("chargeable-user-identity", identity.hex()));
        texts("classes", session.classes().stream().map(Octets::hex).toList());
        texts("home-addresses", session.homeAddresses());
        texts("home-prefixes", session.homePrefixes());
        text("care-of", session.careOf().toString());
        text("home-agent", session.homeAgent().toString());
        text("began", session.began().toString());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void text(String key, String value) {
        key(key).append(quoted(value));
    }

    private void number(String key, long value) {
        key(key).append(value);
    }

    private void texts(String key, List<?> values) {
        key(key).append(values.stream()
                .map(value -> quoted(value.toString()))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private StringBuilder key(String key) {
        return line.append(line.length() == 1 ? "" : ",").append(quoted(key)).append(':');
    }

    /** Nothing in it can end a line. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
