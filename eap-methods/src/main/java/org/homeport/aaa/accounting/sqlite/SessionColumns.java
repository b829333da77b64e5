package org.homeport.aaa.accounting.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.aaa.accounting.AccountedSession;
import org.homeport.aaa.accounting.Authentic;
import org.homeport.aaa.accounting.Usage;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/** A session's facts as the columns that both tables have. */
final class SessionColumns {
    private SessionColumns() {}

    /** Columns and their values. */
    static Map<String, Object> of(AccountedSession session) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", session.id());
        columns.put("route", session.route());
        columns.put("multi_id", session.multiId());
        columns.put("user_name", session.userName());
        columns.put("authentic", session.authentic().name());
        columns.put("classes", words(session.classes(), Octets::hex));
        session.chargeableUserIdentity()
                .ifPresent(identity -> columns.put("chargeable_user_identity", identity.toByteArray()));
        columns.put("home_addresses", words(session.homeAddresses(), IpAddress::toString));
        columns.put("home_prefixes", words(session.homePrefixes(), IpPrefix::toString));
        columns.put("care_of", session.careOf().address().toString());
        columns.put("care_of_port", session.careOf().port());
        columns.put("home_agent", session.homeAgent().toString());
        columns.put("began", session.began().toEpochMilli());
        return columns;
    }

    static Map<String, Object> of(String prefix, Usage usage) {
        return Map.of(
                prefix + "input_octets", usage.inputOctets(),
                prefix + "input_packets", usage.inputPackets(),
                prefix + "output_octets", usage.outputOctets(),
                prefix + "output_packets", usage.outputPackets());
    }

    static AccountedSession session(ResultSet row) throws SQLException {
        return new AccountedSession(
                row.getString("id"),
                row.getString("multi_id"),
                row.getString("route"),
                row.getString("user_name"),
                Authentic.valueOf(row.getString("authentic")),
                list(row.getString("classes"), Octets::fromHex),
                Optional.ofNullable(row.getBytes("chargeable_user_identity")).map(Octets::wrap),
                list(row.getString("home_addresses"), IpAddress::parse),
                list(row.getString("home_prefixes"), IpPrefix::parse),
                new Endpoint(IpAddress.parse(row.getString("care_of")), row.getInt("care_of_port")),
                IpAddress.parse(row.getString("home_agent")),
                Instant.ofEpochMilli(row.getLong("began")));
    }

    static Usage usage(ResultSet row, String prefix) throws SQLException {
        return new Usage(
                row.getLong(prefix + "input_octets"),
                row.getLong(prefix + "input_packets"),
                row.getLong(prefix + "output_octets"),
                row.getLong(prefix + "output_packets"));
    }

    static <T> String words(List<T> values, Function<T, String> word) {
        return values.stream().map(word).collect(Collectors.joining(" "));
    }

    static <T> List<T> list(String words, Function<String, T> value) {
        return words.isEmpty()
                ? List.of()
                : Arrays.stream(words.split(" ", -1)).map(value).toList();
    }
}
