package org.homeport.eap.aka;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** A SIM as operators write it: {@code k=} and {@code opc=}, perhaps {@code amf=} and {@code sqn=}, in hexadecimal. */
public final class SimFields {
    private static final Map<String, Integer> OCTETS = Map.of("k", 16, "opc", 16, "amf", 2, "sqn", Sqn.OCTETS);

    private final Map<String, byte[]> values = new LinkedHashMap<>();

    /** What is wrong with a SIM's description; never the key itself. */
    public static final class WrongFieldException extends Exception {
        private static final long serialVersionUID = 1;

        WrongFieldException(String message) {
            super(message);
        }
    }

    public static boolean isOne(String key) {
        return OCTETS.containsKey(key);
    }

    /** @param key one of those that are */
    public void take(String key, String value) throws WrongFieldException {
        int octets = Optional.ofNullable(OCTETS.get(key))
                .orElseThrow(() -> new WrongFieldException("unknown key '" + key + "'; expected k=, opc=, amf=, sqn="));
        if (!value.matches("[0-9A-Fa-f]{" + 2 * octets + "}")) {
            throw new WrongFieldException(
                    key + "= needs " + 2 * octets + " hexadecimal digits, it has " + value.length() + " characters");
        }
        if (values.put(key, HexFormat.of().parseHex(value)) != null) {
            throw new WrongFieldException(key + "= stands there twice");
        }
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The SIM and the number that may have been used already. */
    public Subscriber subscriber(String name) throws WrongFieldException {
        Sim sim = new Sim(
                Secret.copyOf(required("k")),
                Secret.copyOf(required("opc")),
                find("amf").orElse(Sim.DEFAULT_AMF));
        return new Subscriber(name, sim, find("sqn").map(Sqn::of).orElse(Sqn.NONE));
    }

    private byte[] required(String key) throws WrongFieldException {
        return find(key)
                .orElseThrow(() -> new WrongFieldException("a SIM without " + key + "=; expected k= and opc="))
                .toByteArray();
    }

    private Optional<Octets> find(String key) {
        return Optional.ofNullable(values.get(key)).map(Octets::copyOf);
    }
}
