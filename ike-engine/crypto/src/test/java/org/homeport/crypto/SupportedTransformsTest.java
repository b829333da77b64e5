package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class SupportedTransformsTest {
    private final HomeportCrypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private final HomeportCrypto legacy = new HomeportCrypto(LegacyAlgorithms.ACCEPT);

    @Test
    void aesNeedsAKeyLengthAndChachaForbidsOne() {
        for (int id : new int[] {12, 20}) {
            assertThat(crypto.supports(Transform.of(TransformType.ENCR, id))).isFalse();
            for (int bits : new int[] {128, 192, 256}) {
                assertThat(crypto.supports(Transform.of(TransformType.ENCR, id, bits)))
                        .isTrue();
            }
            assertThat(crypto.supports(Transform.of(TransformType.ENCR, id, 0))).isFalse();
            assertThat(crypto.supports(Transform.of(TransformType.ENCR, id, 512)))
                    .isFalse();
        }
        assertThat(crypto.supports(Transform.of(TransformType.ENCR, 28))).isTrue();
        assertThat(crypto.supports(Transform.of(TransformType.ENCR, 28, 256))).isFalse();
    }

    @Test
    void currentAlgorithmsAreThere() {
        for (int prf : new int[] {5, 6, 7}) {
            assertThat(crypto.supports(Transform.of(TransformType.PRF, prf))).isTrue();
            assertThat(crypto.supports(Transform.of(TransformType.PRF, prf, 128)))
                    .isFalse();
        }
        for (int integrity : new int[] {12, 13, 14}) {
            assertThat(crypto.supports(Transform.of(TransformType.INTEG, integrity)))
                    .isTrue();
        }
        for (int group : new int[] {14, 15, 16, 19, 20, 21, 31}) {
            assertThat(crypto.supports(Transform.of(TransformType.KE, group))).isTrue();
        }
    }

    @Test
    void legacyAlgorithmsNeedTheSwitch() {
        for (Transform transform : List.of(
                Transform.of(TransformType.PRF, 2),
                Transform.of(TransformType.INTEG, 2),
                Transform.of(TransformType.KE, 2))) {
            assertThat(crypto.supports(transform)).isFalse();
            assertThat(legacy.supports(transform)).isTrue();
        }
        assertThatThrownBy(() -> crypto.keyAgreement(KeyExchangeId.MODP_1024, Draws.seeded(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MODP_1024");
    }

    @Test
    void unknownNumbersAndAttributesAreRefused() {
        for (int type = 0; type < 8; type++) {
            for (int id : new int[] {0, 1, 3, 99, 1024, 65535}) {
                assertThat(legacy.supports(Transform.of(new TransformType(type), id)))
                        .as("%d/%d", type, id)
                        .isFalse();
            }
        }
        Transform.Attribute unknown = new Transform.Attribute(99, Octets.of(1));
        assertThat(crypto.supports(new Transform(TransformType.KE, 31, OptionalInt.empty(), List.of(unknown))))
                .isFalse();
    }

    @Test
    void lengthsOfWhatCannotBeAreABug() {
        assertThatThrownBy(() -> crypto.lengths(EncryptionId.AES_CBC, 128, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> crypto.lengths(EncryptionId.AES_GCM_16, 128, Optional.of(IntegrityId.HMAC_SHA2_256_128)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> crypto.lengths(EncryptionId.AES_CTR, 128, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
