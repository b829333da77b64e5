package org.homeport.eap.tls;

import org.homeport.eap.EapType;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * The keys a method made of TLS leaves behind (RFC 5216 section 2.3, RFC 9190 section 2.3; RFC 9427 section 2.1 for
 * the methods with a tunnel).
 *
 * @param msk Master Session Key, 64 octets
 * @param emsk Extended Master Session Key, 64 octets
 * @param sessionId the type, then the method's own id
 */
public record EapTlsKeys(Secret msk, Secret emsk, Octets sessionId) {
    /** The label of EAP-TLS and PEAP in TLS 1.2; TTLS has "ttls keying material" (RFC 5281 section 8). */
    public static final String EAP_TLS_LABEL = "client EAP encryption";

    private static final int KEY = 64;

    /**
     * Derives them.
     *
     * @param side established
     * @param type of the method, as its context in TLS 1.3 and the begin of its Session-Id
     * @param prfLabel the method's label in TLS 1.2
     */
    public static EapTlsKeys of(TlsSide side, EapType type, String prfLabel) {
        Octets context = Octets.of((int) type.number());
        Octets methodId = switch (side.version()) {
            case TLS_1_2 -> side.clientRandom().plus(side.serverRandom());
            case TLS_1_3 ->
                side.export(new TlsExport("", "EXPORTER_EAP_TLS_Method-Id", context, KEY))
                        .expose();
        };
        // RFC 9190 section 2.3: "it MUST ask for the full output and then only use the desired part."
        try (Secret material =
                side.export(new TlsExport(prfLabel, "EXPORTER_EAP_TLS_Key_Material", context, 2 * KEY))) {
            return new EapTlsKeys(material.slice(0, KEY), material.slice(KEY, 2 * KEY), context.plus(methodId));
        }
    }
}
