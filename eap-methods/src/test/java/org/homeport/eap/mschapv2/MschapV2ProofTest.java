package org.homeport.eap.mschapv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.homeport.eap.Vectors;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class MschapV2ProofTest {
    private final Vectors rfc2759 = Vectors.of("rfc2759/section-9.2");
    private final Vectors rfc3079 = Vectors.of("rfc3079/section-3.5.3");
    private final NtHash password = NtHash.ofPassword(Secret.utf8(rfc2759.text("PasswordText")));

    @Test
    void passwordHashesAreThoseOfRfc2759() {
        assertThat(password.hash().expose()).isEqualTo(rfc2759.hex("PasswordHash"));
        assertThat(password.hashed().expose()).isEqualTo(rfc2759.hex("PasswordHashHash"));
    }

    @Test
    void challengeHashIsThatOfRfc2759() {
        assertThat(MschapV2Proof.challengeHash(
                        rfc2759.hex("PeerChallenge"), rfc2759.hex("AuthenticatorChallenge"), rfc2759.hex("UserName")))
                .isEqualTo(rfc2759.hex("Challenge"));
    }

    @Test
    void bothResponsesAreThoseOfRfc2759() {
        MschapV2Proof proof = proof(rfc2759.hex("UserName"));
        assertThat(proof.ntResponse()).isEqualTo(rfc2759.hex("NT-Response"));
        assertThat("S=" + proof.authenticatorResponse().hex().toUpperCase(Locale.ROOT))
                .isEqualTo(rfc2759.text("AuthenticatorResponse"));
    }

    @Test
    void desKeysAreThoseOfRfc2759() {
        assertThat(MschapV2Proof.desKey(rfc2759.hex("DesRaw1").toByteArray()))
                .isEqualTo(rfc2759.hex("DesKey1").toByteArray());
        assertThat(MschapV2Proof.desKey(rfc2759.hex("DesRaw2").toByteArray()))
                .isEqualTo(rfc2759.hex("DesKey2").toByteArray());
    }

    @Test
    void masterAndSendKeysAreThoseOfRfc3079() {
        Octets master = MschapV2Proof.masterKey(rfc3079.hex("PasswordHashHash"), rfc3079.hex("NT-Response"));
        assertThat(master).isEqualTo(rfc3079.hex("MasterKey"));
        Octets msk = MschapV2Proof.msk(master).expose();
        assertThat(msk.length()).isEqualTo(64);
        assertThat(msk.slice(16, 32)).isEqualTo(rfc3079.hex("SendStartKey128"));
        assertThat(msk.from(32).isAllZero()).isTrue();
        assertThat(proof(rfc2759.hex("UserName")).msk().expose()).isEqualTo(msk);
    }

    @Test
    void windowsDomainIsLeftOutOfTheComputation() {
        assertThat(proof(Octets.utf8("BIGCO\\User")).ntResponse()).isEqualTo(rfc2759.hex("NT-Response"));
        assertThat(proof(Octets.utf8("User@BIGCO")).ntResponse()).isNotEqualTo(rfc2759.hex("NT-Response"));
    }

    @Test
    void passwordsBeyondAsciiAreUtf16() {
        // MD4 over 65 00 E9 00 AC 20 3D D8 00 DE, computed by OpenSSL.
        assertThat(NtHash.ofPassword(Secret.utf8("e\u00e9\u20ac\ud83d\ude00"))
                        .hash()
                        .expose()
                        .hex())
                .isEqualTo("f4ec3ccba3f74826bcf026d03dd68794");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(proof(rfc2759.hex("UserName")).toString()).isEqualTo("MschapV2Proof");
        assertThat(password.toString()).doesNotContain("44eb");
    }

    private MschapV2Proof proof(Octets name) {
        return MschapV2Proof.of(password, rfc2759.hex("AuthenticatorChallenge"), rfc2759.hex("PeerChallenge"), name);
    }
}
