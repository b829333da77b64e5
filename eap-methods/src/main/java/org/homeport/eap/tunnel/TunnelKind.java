package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.tls.EapTlsKeys;
import org.homeport.eap.tls.TlsSide;

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

    /** What either side is left with: keys of the tunnel, whatever happened inside (RFC 9427 section 2.1). */
    MethodResult result(TlsSide side, Optional<String> identity) {
        EapTlsKeys keys = EapTlsKeys.of(side, type, label);
        keys.emsk().close();
        return new MethodResult(name(), identity, Optional.of(keys.msk()), Optional.of(keys.sessionId()));
    }
}
