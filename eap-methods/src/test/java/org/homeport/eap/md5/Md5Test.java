package org.homeport.eap.md5;

import static org.assertj.core.api.Assertions.assertThat;

import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class Md5Test {
    @Test
    void hashCoversIdentifierSecretAndChallenge() {
        // md5(07 "secret" 00..0f), computed by OpenSSL.
        assertThat(Md5Codec.hash(7, Secret.utf8("secret"), Octets.fromHex("000102030405060708090a0b0c0d0e0f"))
                        .hex())
                .isEqualTo("821643665b430359e52ac524d29c8f95");
    }

    @Test
    void valueAndNameStandAsInChap() throws Exception {
        Md5Codec.Chap chap = new Md5Codec.Chap(Octets.of(1, 2), Octets.utf8("aaa"));
        assertThat(Md5Codec.encode(chap)).isEqualTo(Octets.fromHex("02 0102 616161"));
        assertThat(Md5Codec.decode(Md5Codec.encode(chap))).isEqualTo(chap);
    }
}
