package org.homeport.core.auth;

import java.util.Map;
import java.util.Optional;
import org.homeport.kit.Octets;

/** Whether an EAP method may stand for the proofs of both sides: RFC 5998 section 4. */
public enum MethodStrength {
    /** It authenticates both sides, makes a key, and nobody gets at a password by trying. */
    STANDS_ALONE,
    /** It lacks one of the three, or nothing is known of it: the responder has to prove itself beside it. */
    NEEDS_PROVED_RESPONDER;

    private static final int REQUEST = 1;
    private static final int FIRST_METHOD = 4;

    /** Those that RFC 5998 section 4 names, and what was made like them since, by their EAP types. */
    private static final Map<Integer, String> SAFE = Map.ofEntries(
            Map.entry(13, "TLS"),
            Map.entry(18, "SIM"),
            Map.entry(21, "TTLS"),
            Map.entry(23, "AKA"),
            Map.entry(25, "PEAP"),
            Map.entry(43, "FAST"),
            Map.entry(46, "PAX"),
            Map.entry(47, "PSK"),
            Map.entry(48, "SAKE"),
            Map.entry(50, "AKA'"),
            Map.entry(51, "GPSK"),
            Map.entry(52, "PWD"),
            Map.entry(53, "EKE"),
            Map.entry(55, "TEAP"));

    /** @param method as the audit names it, as "TLS" */
    public static MethodStrength of(String method) {
        return SAFE.containsValue(method) ? STANDS_ALONE : NEEDS_PROVED_RESPONDER;
    }

    /** Of the method that an EAP packet proposes or carries on with; empty for packets that are of no method. */
    public static Optional<MethodStrength> asked(Octets packet) {
        if (packet.length() < 5 || packet.at(0) != REQUEST || packet.at(4) < FIRST_METHOD) {
            return Optional.empty();
        }
        return Optional.of(SAFE.containsKey(packet.at(4)) ? STANDS_ALONE : NEEDS_PROVED_RESPONDER);
    }
}
