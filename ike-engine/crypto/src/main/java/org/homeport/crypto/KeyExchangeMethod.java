package org.homeport.crypto;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.kit.RandomSource;

/**
 * The key exchange methods there are.
 *
 * @param generate makes a fresh private value
 */
record KeyExchangeMethod(Standing standing, Function<RandomSource, KeyAgreement> generate) {
    private static final Map<KeyExchangeId, KeyExchangeMethod> METHODS = Map.of(
            KeyExchangeId.CURVE25519,
            new KeyExchangeMethod(Standing.CURRENT, X25519Agreement::new),
            KeyExchangeId.ECP_256,
            ecp(KeyExchangeId.ECP_256, "secp256r1"),
            KeyExchangeId.ECP_384,
            ecp(KeyExchangeId.ECP_384, "secp384r1"),
            KeyExchangeId.ECP_521,
            ecp(KeyExchangeId.ECP_521, "secp521r1"),
            KeyExchangeId.MODP_1024,
            modp(Standing.LEGACY, KeyExchangeId.MODP_1024, DHStandardGroups.rfc2409_1024, 256),
            KeyExchangeId.MODP_2048,
            modp(Standing.CURRENT, KeyExchangeId.MODP_2048, DHStandardGroups.rfc3526_2048, 320),
            KeyExchangeId.MODP_3072,
            modp(Standing.CURRENT, KeyExchangeId.MODP_3072, DHStandardGroups.rfc3526_3072, 384),
            KeyExchangeId.MODP_4096,
            modp(Standing.CURRENT, KeyExchangeId.MODP_4096, DHStandardGroups.rfc3526_4096, 400));

    static Optional<KeyExchangeMethod> of(KeyExchangeId id) {
        return Optional.ofNullable(METHODS.get(id));
    }

    private static KeyExchangeMethod ecp(KeyExchangeId id, String curve) {
        return new KeyExchangeMethod(Standing.CURRENT, new EcpGroup(id, curve)::generate);
    }

    private static KeyExchangeMethod modp(
            Standing standing, KeyExchangeId id, DHParameters parameters, int exponentBits) {
        return new KeyExchangeMethod(standing, new ModpGroup(id, parameters, exponentBits)::generate);
    }
}
