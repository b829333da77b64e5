package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.tls.EapTlsKeys;
import org.homeport.eap.tls.TlsSide;
import org.homeport.kit.Secret;

/** The methods with a tunnel. */
public enum TunnelKind {
    /** EAP-TTLSv0; label of RFC 5281 section 8. */
    TTLS(EapType.TTLS, "ttls keying material"),
    /** PEAPv0; its keys are made as those of EAP-TLS. */
    PEAP(EapType.PEAP, EapTlsKeys.EAP_TLS_LABEL);

    private final EapType type;
    private final String label;

    TunnelKind(EapType type, String label) {
        this.type = type;
        this.label = label;
    }

    public EapType type() {
        return type;
    }

    /** Keys of the tunnel, whatever happens inside (RFC 9427 section 2.1). */
    public EapTlsKeys keys(TlsSide side) {
        return EapTlsKeys.of(side, type, label);
    }

    /**
     * What either side is left with.
     *
     * @param msk in place of the tunnel's own
     */
    MethodResult result(TlsSide side, Optional<String> identity, Optional<Secret> msk) {
        EapTlsKeys keys = keys(side);
        keys.emsk().close();
        if (msk.isPresent()) {
            keys.msk().close();
        }
        return new MethodResult(name(), identity, Optional.of(msk.orElse(keys.msk())), Optional.of(keys.sessionId()));
    }
}
