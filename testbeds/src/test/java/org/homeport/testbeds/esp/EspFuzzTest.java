package org.homeport.testbeds.esp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.Random;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** A packet is opened or refused, whoever made it. */
class EspFuzzTest {
    private static final String DURATION = "20s";
    private static final int SPI = 0x01020304;
    private static final HomeportCrypto CRYPTO = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private static final EspSuite GCM = new EspSuite(EncryptionId.AES_GCM_16, 128, Optional.empty(), EsnId.NO_ESN);
    private static final EspSuite CBC =
            new EspSuite(EncryptionId.AES_CBC, 128, Optional.of(IntegrityId.HMAC_SHA2_256_128), EsnId.NO_ESN);

    @FuzzTest(maxDuration = DURATION)
    void espPacket(byte[] packet) {
        opens(GCM, packet);
        opens(CBC, packet);
    }

    private static void opens(EspSuite suite, byte[] packet) {
        CipherLengths lengths = CRYPTO.lengths(suite.encryption(), suite.keyBits(), suite.integrity());
        RandomSource random = RandomSource.of(new Random(42));
        EspKeys keys = new EspKeys(
                SPI,
                Secret.copyOf(random.octets(lengths.encryptionKey())),
                Secret.copyOf(random.octets(lengths.integrityKey())));
        Octets octets = Octets.copyOf(packet);
        // For this SA, or the fuzzer would have to find its number first.
        Octets ours = octets.length() < 4 ? octets : Octets.of(1, 2, 3, 4).plus(octets.from(4));
        try {
            new EspSa(CRYPTO, suite, keys, random).open(ours);
        } catch (EspException e) {
            // As it should be.
        }
    }
}
