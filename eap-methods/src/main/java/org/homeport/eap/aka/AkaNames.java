package org.homeport.eap.aka;

import java.util.Optional;
import org.homeport.eap.Nai;
import org.homeport.kit.RandomSource;

/** The names of one method, told apart by how they begin (RFC 4187 section 4.1.1.7). */
record AkaNames(AkaVariant variant) {
    private static final int RANDOM_OCTETS = 16;

    /** Sorts of names. */
    enum Kind {
        /** Made of an IMSI. */
        PERMANENT,
        PSEUDONYM,
        REAUTHENTICATION,
        /** Not ours by its looks; an operator may still have given it to a SIM. */
        OTHER
    }

    Kind kind(Nai name) {
        String user = user(name);
        char lead = user.charAt(0);
        String rest = user.substring(1);
        if (lead == variant.permanentLead() && rest.matches("[0-9]{6,15}")) {
            return Kind.PERMANENT;
        }
        if (!rest.matches("[0-9a-f]{" + 2 * RANDOM_OCTETS + "}")) {
            return Kind.OTHER;
        }
        if (lead == variant.pseudonymLead()) {
            return Kind.PSEUDONYM;
        }
        return lead == variant.reauthenticationLead() ? Kind.REAUTHENTICATION : Kind.OTHER;
    }

    /** A user name: "The pseudonym is transmitted as a username, without an NAI realm" (RFC 4187 section 4.1.1.7). */
    String pseudonym(RandomSource random) {
        return variant.pseudonymLead() + random.octets(RANDOM_OCTETS).hex();
    }

    /** A whole identity, routed as the one that it stands for. */
    Nai reauthentication(Nai permanent, RandomSource random) {
        return with(
                variant.reauthenticationLead() + random.octets(RANDOM_OCTETS).hex(), permanent.realm());
    }

    /** What precedes the last @; never empty. */
    static String user(Nai name) {
        int at = name.text().lastIndexOf('@');
        return at <= 0 ? name.text() : name.text().substring(0, at);
    }

    static Nai with(String user, Optional<String> realm) {
        return new Nai(user + realm.map(text -> "@" + text).orElse(""));
    }
}
