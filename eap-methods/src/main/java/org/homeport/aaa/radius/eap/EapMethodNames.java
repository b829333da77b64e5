package org.homeport.aaa.radius.eap;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.eap.EapType;

/** Methods that pass through, as policy and audit name them: like the embedded AAA's, and IANA's for the others. */
final class EapMethodNames {
    /** Whether the method, by its definition, leaves both sides with an MSK. */
    enum Keys {
        MSK,
        NONE,
        /** A method that we do not know. */
        UNKNOWN
    }

    private record Method(String name, Keys keys) {}

    private static final Map<Long, Method> KNOWN = Map.ofEntries(
            Map.entry(4L, new Method("MD5", Keys.NONE)),
            Map.entry(5L, new Method("OTP", Keys.NONE)),
            Map.entry(6L, new Method("GTC", Keys.NONE)),
            Map.entry(13L, new Method("TLS", Keys.MSK)),
            Map.entry(18L, new Method("SIM", Keys.MSK)),
            Map.entry(21L, new Method("TTLS", Keys.MSK)),
            Map.entry(23L, new Method("AKA", Keys.MSK)),
            Map.entry(25L, new Method("PEAP", Keys.MSK)),
            Map.entry(26L, new Method("MSCHAPV2", Keys.MSK)),
            Map.entry(43L, new Method("FAST", Keys.MSK)),
            Map.entry(46L, new Method("PAX", Keys.MSK)),
            Map.entry(47L, new Method("PSK", Keys.MSK)),
            Map.entry(48L, new Method("SAKE", Keys.MSK)),
            Map.entry(49L, new Method("IKEV2", Keys.MSK)),
            Map.entry(50L, new Method("AKA'", Keys.MSK)),
            Map.entry(51L, new Method("GPSK", Keys.MSK)),
            Map.entry(52L, new Method("PWD", Keys.MSK)),
            Map.entry(53L, new Method("EKE", Keys.MSK)),
            Map.entry(55L, new Method("TEAP", Keys.MSK)));

    /** TTLS, PEAP, FAST, TEAP: who the peer is, is said inside. */
    private static final Set<Long> TUNNELS = Set.of(21L, 25L, 43L, 55L);

    private EapMethodNames() {}

    static String name(EapType type) {
        return known(type).map(Method::name).orElse(type.toString());
    }

    static Keys keys(EapType type) {
        return known(type).map(Method::keys).orElse(Keys.UNKNOWN);
    }

    /** Whether the peer proves itself in a tunnel, by a name that may be another than its EAP identity. */
    static boolean isTunnel(EapType type) {
        return type.vendor() == 0 && TUNNELS.contains(type.number());
    }

    private static Optional<Method> known(EapType type) {
        return type.vendor() == 0 ? Optional.ofNullable(KNOWN.get(type.number())) : Optional.empty();
    }
}
