package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.Ed25519;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.SignatureScheme.RsaPss;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects of RFC 7427 appendix A and RFC 8420 appendix A. */
class AlgorithmIdentifiersTest {
    private static final String PSS_SHA256 = "3046 0609 2a86 4886 f70d 0101 0a30 39a0"
            + "0f30 0d06 0960 8648 0165 0304 0201 0500"
            + "a11c 301a 0609 2a86 4886 f70d 0101 0830"
            + "0d06 0960 8648 0165 0304 0201 0500 a203"
            + "0201 20a3 0302 0101";

    @Test
    void encodesAsTheRfcsDo() {
        assertBoth(new RsaPkcs1(HashFunction.SHA1), "300d 0609 2a86 4886 f70d 0101 0505 00");
        assertBoth(new RsaPkcs1(HashFunction.SHA2_256), "300d 0609 2a86 4886 f70d 0101 0b05 00");
        assertBoth(new RsaPkcs1(HashFunction.SHA2_384), "300d 0609 2a86 4886 f70d 0101 0c05 00");
        assertBoth(new RsaPkcs1(HashFunction.SHA2_512), "300d 0609 2a86 4886 f70d 0101 0d05 00");
        assertBoth(new Ecdsa(HashFunction.SHA1), "3009 0607 2a86 48ce 3d04 01");
        assertBoth(new Ecdsa(HashFunction.SHA2_256), "300a 0608 2a86 48ce 3d04 0302");
        assertBoth(new Ecdsa(HashFunction.SHA2_384), "300a 0608 2a86 48ce 3d04 0303");
        assertBoth(new Ecdsa(HashFunction.SHA2_512), "300a 0608 2a86 48ce 3d04 0304");
        assertBoth(new Ed25519(), "3005 0603 2b65 70");
    }

    /** DER leaves the default trailer out (RFC 4055 section 3.1), where appendix A.4.3 writes it: both are read. */
    @Test
    void pssIsReadWithAndWithoutItsDefaultTrailer() {
        RsaPss pss = new RsaPss(HashFunction.SHA2_256, 32);
        assertThat(decode(PSS_SHA256)).contains(pss);
        String der = "3041 0609 2a86 4886 f70d 0101 0a30 34a0"
                + "0f30 0d06 0960 8648 0165 0304 0201 0500"
                + "a11c 301a 0609 2a86 4886 f70d 0101 0830"
                + "0d06 0960 8648 0165 0304 0201 0500 a203"
                + "0201 20";
        assertBoth(pss, der);
        assertBoth(
                new RsaPss(HashFunction.SHA2_512, 64),
                AlgorithmIdentifiers.encode(new RsaPss(HashFunction.SHA2_512, 64))
                        .hex());
    }

    @Test
    void pssWithEmptyOrDefaultParametersIsSha1() {
        RsaPss sha1 = new RsaPss(HashFunction.SHA1, 20);
        assertThat(decode("300d 0609 2a86 4886 f70d 0101 0a30 00")).contains(sha1);
        assertThat(decode("303e 0609 2a86 4886 f70d 0101 0a30 31a0 0b30 0906 052b 0e03 021a 0500 a118 3016"
                        + "0609 2a86 4886 f70d 0101 0830 0906 052b 0e03 021a 0500 a203 0201 14a3 0302 0101"))
                .contains(sha1);
    }

    @Test
    void nullAndAbsentParametersAreTheSame() {
        assertThat(decode("300b 0609 2a86 4886 f70d 0101 0b")).contains(new RsaPkcs1(HashFunction.SHA2_256));
        assertThat(decode("300c 0608 2a86 48ce 3d04 0302 0500")).contains(new Ecdsa(HashFunction.SHA2_256));
        assertThat(decode("3007 0603 2b65 70 0500")).contains(new Ed25519());
        // Hash and mask hash of PSS without their NULLs.
        assertThat(decode("303d 0609 2a86 4886 f70d 0101 0a30 30a0 0d30 0b06 0960 8648 0165 0304 0201"
                        + "a11a 3018 0609 2a86 4886 f70d 0101 0830 0b06 0960 8648 0165 0304 0201 a203 0201 20"))
                .contains(new RsaPss(HashFunction.SHA2_256, 32));
    }

    /** Another parameter, trailing octets, indefinite salt, mask hash unlike the hash, no parameters, Ed448, DSA. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "0500",
                "300d 0609 2a86 4886 f70d 0101 0b02 0101",
                "300d 0609 2a86 4886 f70d 0101 0b05 0000",
                "300b 0609 2a86 4886 f70d 0101 0a",
                "300d 0609 2a86 4886 f70d 0101 0a05 00",
                "3005 0603 2b65 71",
                "300b 0609 6086 4801 6503 0403 02",
                "3012 0609 2a86 4886 f70d 0101 0a30 05a2 0302 01ff",
                "3014 0609 2a86 4886 f70d 0101 0a30 07a2 0502 037f ffff",
                "3012 0609 2a86 4886 f70d 0101 0a30 05a3 0302 0102",
                "301e 0609 2a86 4886 f70d 0101 0a30 11a0 0f30 0d06 0960 8648 0165 0304 0201 0500"
            })
    void anythingElseIsUnknown(String hex) {
        assertThat(decode(hex)).isEmpty();
    }

    @Test
    void noChangedOctetBreaksTheDecoder() {
        byte[] bytes = Octets.fromHex(PSS_SHA256).toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            byte was = bytes[i];
            for (int value = 0; value < 256; value++) {
                bytes[i] = (byte) value;
                AlgorithmIdentifiers.decode(Octets.copyOf(bytes));
            }
            bytes[i] = was;
            assertThat(AlgorithmIdentifiers.decode(Octets.copyOf(bytes, 0, i))).isEmpty();
        }
    }

    private static Optional<SignatureScheme> decode(String hex) {
        return AlgorithmIdentifiers.decode(Octets.fromHex(hex));
    }

    private static void assertBoth(SignatureScheme scheme, String hex) {
        assertThat(AlgorithmIdentifiers.encode(scheme)).isEqualTo(Octets.fromHex(hex));
        assertThat(decode(hex)).contains(scheme);
    }
}
