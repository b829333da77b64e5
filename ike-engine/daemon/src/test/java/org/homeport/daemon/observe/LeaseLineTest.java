package org.homeport.daemon.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.homeport.lease.ImportedLease;
import org.homeport.lease.StoredLease.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseLineTest {
    private static final String RELEASED = "{\"version\":1,\"address\":\"2001:db8::1\",\"prefix-length\":64,"
            + "\"pool\":\"home6\",\"identity\":\"mn1\",\"session\":\"a-1\",\"care-of\":\"192.0.2.1\","
            + "\"care-of-port\":4500,\"state\":\"released\",\"granted-at\":\"2026-11-23T10:00:00Z\","
            + "\"released-at\":\"2026-11-23T11:00:00Z\"}";

    @Test
    void everyKeyIsRead() {
        ImportedLease lease = LeaseLine.read(3, RELEASED);
        assertThat(lease.line()).isEqualTo(3);
        assertThat(lease.careOf()).hasToString("192.0.2.1:4500");
        assertThat(lease.state()).isEqualTo(State.RELEASED);
        assertThat(lease.releasedAt()).contains(Instant.parse("2026-11-23T11:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"version\":1; \"version\":2; version '2': expected 1",
                "\"version\":1,; ''; version is missing: expected 1",
                "2001:db8::1; 2001:db8::g; address '2001:db8::g': expected an IPv6 or IPv4 address",
                "2001:db8::1; 192.0.2.9; prefix-length '64': expected a number from 0 to 32",
                ":64; :\"64\"; prefix-length '64': expected a number from 0 to 128",
                ":64; :true; prefix-length 'true': expected a number",
                ":4500; :70000; care-of-port '70000': expected a number from 0 to 65535",
                "\"mn1\"; \"\"; identity '': expected an identity",
                "\"mn1\"; 7; identity '7': expected an identity",
                "\"mn1\"; \"mn1\",\"colour\":\"blue\"; key 'colour' is unknown in version 1",
                "released\"; gone\"; state 'gone': expected held or released",
                "\"released\"; \"held\"; released-at '2026-11-23T11:00:00Z': expected none",
                "2026-11-23T10; 2026-11-23 10; granted-at '2026-11-23 10:00:00Z': expected a time",
                "2026-11-23T10; -1000000-11-23T10; granted-at '-1000000-11-23T10:00:00Z': expected a time from 1970",
                "T11; T09; released-at '2026-11-23T09:00:00Z': expected a time not before granted-at",
                ",\"released-at\":\"2026-11-23T11:00:00Z\"; ''; released-at is missing: expected a time",
            })
    void mistakeIsToldWithItsLineItsValueAndWhatWasExpected(String from, String to, String told) {
        assertThat(RELEASED).contains(from);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeaseLine.read(7, RELEASED.replace(from, to)))
                .withMessageStartingWith("line 7: " + told);
    }

    @Test
    void whatIsNoObjectIsToldSo() {
        for (String rubbish : new String[] {"[]", "{", "\u0007", "7", "{\"version\":1,\"version\":1}"}) {
            assertThatIllegalArgumentException()
                    .as(rubbish)
                    .isThrownBy(() -> LeaseLine.read(1, rubbish))
                    .withMessageStartingWith("line 1: expected one JSON object");
        }
    }
}
