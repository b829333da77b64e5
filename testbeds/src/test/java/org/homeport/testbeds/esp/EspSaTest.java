package org.homeport.testbeds.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EspSaTest {
    private static final Crypto CRYPTO = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private static final RandomSource RANDOM = RandomSource.of(new Random(7));
    private static final int ICMP = 1;
    private static final int IP_IN_IP = 4;

    private static final EspSuite CHACHA =
            new EspSuite(EncryptionId.CHACHA20_POLY1305, 0, Optional.empty(), EsnId.NO_ESN);

    /** RFC 7634 appendix A: key, salt, SPI, sequence number, IV, the packet inside and the ESP packet. */
    private static final Octets RFC7634_INNER = Octets.fromHex("""
            45 00 00 54 a6 f2 00 00 40 01 e7 78 c6 33 64 05 c0 00 02 05 08 00 5b 7a 3a 08 00 00 55 3b ec 10
            00 07 36 27 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23
            24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 30 31 32 33 34 35 36 37""");

    private static final Octets RFC7634_ESP = Octets.fromHex("""
            01 02 03 04 00 00 00 05 10 11 12 13 14 15 16 17 24 03 94 28 b9 7f 41 7e 3c 13 75 3a 4f 05 08 7b
            67 c3 52 e6 a7 fa b1 b9 82 d4 66 ef 40 7a e5 c6 14 ee 80 99 d5 28 44 eb 61 aa 95 df ab 4c 02 f7
            2a a7 1e 7c 4c 4f 64 c9 be fe 2f ac c6 38 e8 f3 cb ec 16 3f ac 46 9b 50 27 73 f6 fb 94 e6 64 da
            91 65 b8 28 29 f6 41 e0 76 aa a8 26 6b 7f b0 f7 b1 1b 36 99 07 e1 ad 43""");

    private static EspSa rfc7634() {
        byte[] key = new byte[36];
        for (int i = 0; i < 32; i++) {
            key[i] = (byte) (0x80 + i);
        }
        for (int i = 0; i < 4; i++) {
            key[32 + i] = (byte) (0xa0 + i);
        }
        return new EspSa(
                CRYPTO, CHACHA, new EspKeys(0x01020304, Secret.wrap(key), Secret.copyOf(Octets.EMPTY)), RANDOM);
    }

    static Stream<EspSuite> suites() {
        return Stream.of(
                new EspSuite(EncryptionId.AES_GCM_16, 128, Optional.empty(), EsnId.NO_ESN),
                new EspSuite(EncryptionId.AES_GCM_16, 256, Optional.empty(), EsnId.NO_ESN),
                CHACHA,
                new EspSuite(EncryptionId.AES_CBC, 128, Optional.of(IntegrityId.HMAC_SHA2_256_128), EsnId.NO_ESN),
                new EspSuite(EncryptionId.AES_CBC, 256, Optional.of(IntegrityId.HMAC_SHA2_512_256), EsnId.NO_ESN));
    }

    private static EspSa sa(EspSuite suite, int spi) {
        CipherLengths lengths = CRYPTO.lengths(suite.encryption(), suite.keyBits(), suite.integrity());
        RandomSource keys = RandomSource.of(new Random(42));
        return new EspSa(
                CRYPTO,
                suite,
                new EspKeys(
                        spi,
                        Secret.copyOf(keys.octets(lengths.encryptionKey())),
                        Secret.copyOf(keys.octets(lengths.integrityKey()))),
                RANDOM);
    }

    @Test
    void sealsAsRfc7634AppendixA() {
        Octets packet = rfc7634().seal(5, Octets.fromHex("1011121314151617"), IP_IN_IP, RFC7634_INNER);

        assertThat(packet).isEqualTo(RFC7634_ESP);
    }

    @Test
    void opensRfc7634AppendixA() throws EspException {
        EspSa.Opened opened = rfc7634().open(RFC7634_ESP);

        assertThat(opened).isEqualTo(new EspSa.Opened(IP_IN_IP, RFC7634_INNER, 5));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatItSealedOfAnyLength(EspSuite suite) throws EspException {
        EspSa sender = sa(suite, 0x1000);
        EspSa receiver = sa(suite, 0x1000);
        for (int length = 0; length < 40; length++) {
            Octets payload = RANDOM.octets(length);

            Octets packet = sender.seal(ICMP, payload);

            assertThat(packet.length() % 4).isZero();
            assertThat(receiver.open(packet)).isEqualTo(new EspSa.Opened(ICMP, payload, length + 1));
        }
        assertThat(sender.packetsSent()).isEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void noOctetCanBeChanged(EspSuite suite) throws EspException {
        Octets packet = sa(suite, 0x1000).seal(ICMP, Octets.utf8("payload"));
        EspSa receiver = sa(suite, 0x1000);
        for (int i = 0; i < packet.length(); i++) {
            byte[] changed = packet.toByteArray();
            changed[i] ^= 1;
            assertThatThrownBy(() -> receiver.open(Octets.wrap(changed)))
                    .as("octet %d", i)
                    .isInstanceOf(EspException.class);
        }
        for (int length = 0; length < packet.length(); length++) {
            Octets cut = packet.slice(0, length);
            assertThatThrownBy(() -> receiver.open(cut)).isInstanceOf(EspException.class);
        }
        assertThat(receiver.open(packet).payload()).isEqualTo(Octets.utf8("payload"));
    }

    @Test
    void takesEachSequenceNumberOnceAndWithinTheWindow() throws EspException {
        EspSa sender = sa(CHACHA, 0x1000);
        EspSa receiver = sa(CHACHA, 0x1000);
        Octets[] packets = new Octets[101];
        for (int i = 1; i <= 100; i++) {
            packets[i] = sender.seal(ICMP, Octets.of(i));
        }

        assertThat(receiver.open(packets[2]).sequence()).isEqualTo(2);
        assertThat(receiver.open(packets[1]).sequence()).isEqualTo(1);
        assertThatThrownBy(() -> receiver.open(packets[2])).hasMessageContaining("seen before");
        assertThat(receiver.open(packets[100]).sequence()).isEqualTo(100);
        assertThat(receiver.open(packets[37]).sequence()).isEqualTo(37);
        assertThatThrownBy(() -> receiver.open(packets[36])).hasMessageContaining("too old");
    }
}
