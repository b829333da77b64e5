package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class HmacPrfTest {
    private final HomeportCrypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);

    @Test
    void sha2PrfsGiveThePublishedValues() {
        Map<String, PrfId> prfs =
                Map.of("sha256", PrfId.HMAC_SHA2_256, "sha384", PrfId.HMAC_SHA2_384, "sha512", PrfId.HMAC_SHA2_512);
        for (Vectors v : Vectors.read("rfc4868/prf.txt")) {
            prfs.forEach((name, prf) -> assertThat(crypto.prf(prf, v.secret("key"), v.octets("data")))
                    .isEqualTo(v.octets(name)));
        }
    }

    @Test
    void lengthIsTheHashs() {
        assertThat(crypto.prfLength(PrfId.HMAC_SHA2_256)).isEqualTo(32);
        assertThat(crypto.prfLength(PrfId.HMAC_SHA2_384)).isEqualTo(48);
        assertThat(crypto.prfLength(PrfId.HMAC_SHA2_512)).isEqualTo(64);
    }

    /** RFC 2202 test case 2. */
    @Test
    void sha1IsThereOnlyForLegacyPeers() {
        Secret key = Secret.utf8("Jefe");
        Octets data = Octets.utf8("what do ya want for nothing?");
        assertThat(new HomeportCrypto(LegacyAlgorithms.ACCEPT).prf(PrfId.HMAC_SHA1, key, data))
                .isEqualTo(Octets.fromHex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
        assertThatThrownBy(() -> crypto.prf(PrfId.HMAC_SHA1, key, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HMAC_SHA1");
    }

    /** The value Python's hmac gives for an empty key and no data. */
    @Test
    void emptyKeyIsAKey() {
        assertThat(crypto.hmacSha256(Secret.utf8(""), Octets.EMPTY))
                .isEqualTo(Octets.fromHex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
    }
}
