package org.homeport.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.homeport.core.crypto.JdkCrypto;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.Test;

class CookieJarTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final IpAddress PEER = IpAddress.parse("2001:db8::1");
    private static final Octets NONCE = Octets.fromHex("000102030405060708090a0b0c0d0e0f");

    private final CookieJar jar = new CookieJar(new JdkCrypto(), RandomSource.of(new Random(1)), LIFETIME);

    @Test
    void cookiesFitTheirNotify() {
        assertThat(jar.cookie(1, PEER, NONCE, START).length()).isBetween(1, 64);
    }

    @Test
    void ourCookieIsRecognized() {
        assertThat(jar.accepts(jar.cookie(1, PEER, NONCE, START), 1, PEER, NONCE, START))
                .isTrue();
    }

    @Test
    void aCookieIsGoodForOneInitiatorOnly() {
        Octets cookie = jar.cookie(1, PEER, NONCE, START);

        assertThat(jar.accepts(cookie, 2, PEER, NONCE, START)).isFalse();
        assertThat(jar.accepts(cookie, 1, IpAddress.parse("2001:db8::2"), NONCE, START))
                .isFalse();
        assertThat(jar.accepts(cookie, 1, PEER, NONCE.plus(Octets.of(0)), START))
                .isFalse();
    }

    @Test
    void anIpv6AddressDoesNotProveAnIpv4AddressWithinIt() {
        IpAddress v6 = IpAddress.parse("c000:201::c000:201");
        IpAddress v4 = IpAddress.parse("192.0.2.1");
        Octets cookie = jar.cookie(1, v6, NONCE, START);

        // Address and nonce one behind the other would read the same for both, in either order.
        Octets behind = v6.octets().from(4).plus(NONCE);
        Octets before = NONCE.plus(v6.octets().slice(0, 12));
        assertThat(jar.accepts(cookie, 1, v4, behind, START)).isFalse();
        assertThat(jar.accepts(cookie, 1, v4, before, START)).isFalse();
    }

    @Test
    void cookiesOfThePreviousSecretAreStillGood() {
        Octets cookie = jar.cookie(1, PEER, NONCE, START);

        assertThat(jar.accepts(cookie, 1, PEER, NONCE, START.plusSeconds(59))).isTrue();
        assertThat(jar.accepts(cookie, 1, PEER, NONCE, START.plusSeconds(61))).isTrue();
        assertThat(jar.accepts(cookie, 1, PEER, NONCE, START.plusSeconds(122))).isFalse();
    }

    @Test
    void afterAQuietTimeOldCookiesAreWorthless() {
        Octets cookie = jar.cookie(1, PEER, NONCE, START);

        assertThat(jar.accepts(cookie, 1, PEER, NONCE, START.plusSeconds(120))).isFalse();
    }

    @Test
    void secretsChangeWithTime() {
        Octets first = jar.cookie(1, PEER, NONCE, START);
        Octets second = jar.cookie(1, PEER, NONCE, START.plusSeconds(60));

        assertThat(second).isNotEqualTo(first);
        assertThat(second.at(0)).isEqualTo(first.at(0) + 1);
    }

    @Test
    void versionsWrapAround() {
        Instant now = START;
        Octets before = jar.cookie(1, PEER, NONCE, now);
        for (int i = 0; i < 600; i++) {
            now = now.plus(LIFETIME);
            assertThat(jar.accepts(before, 1, PEER, NONCE, now)).isTrue();
            before = jar.cookie(1, PEER, NONCE, now);
        }
    }

    @Test
    void anythingElseIsNoCookie() {
        for (int length : new int[] {0, 1, 32, 33, 34, 64, 1000}) {
            assertThat(jar.accepts(Octets.zeros(length), 1, PEER, NONCE, START)).isFalse();
        }
    }
}
