package org.homeport.aaa.radius.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** Turns an Access-Accept that ended an EAP conversation into the reply: grant, MSK, and what is odd about it. */
final class AcceptReader {
    private static final String NO_KEYS =
            "Access-Accept without MS-MPPE-Recv-Key and MS-MPPE-Send-Key after EAP-%s, which makes an MSK: does the server"
                    + " send them (FreeRADIUS: with the shared secret of this client right, and use_mppe not off), and does"
                    + " every proxy in between keep vendor attributes (attr_filter)?";

    private static final String INNER_NAME = " (FreeRADIUS: use_tunneled_reply, or copying the inner one in post-auth)";

    private final GrantReader grants;
    private final OuterIdentity outerIdentity;

    AcceptReader(GrantReader grants, OuterIdentity outerIdentity) {
        this.grants = grants;
        this.outerIdentity = outerIdentity;
    }

    /**
     * Reads it.
     *
     * @param success the EAP-Success in it
     * @param method that has run
     * @param userName the User-Name we sent: who is authenticated, where the server names nobody. An anonymous one is
     *     nobody in particular, and one outside a tunnel nobody has proved
     */
    AaaReply read(ServerAnswer answer, Octets success, EapType method, Nai userName) {
        return switch (grants.read(answer.packet().attributes(), userName.text())) {
            case GrantReader.Reading.Refused(String reason) -> new AaaReply.Reject(Optional.empty(), reason);
            case GrantReader.Reading.Granted(AaaGrant grant, List<String> warnings) ->
                accept(answer, success, method, grant, warnings);
        };
    }

    private AaaReply accept(
            ServerAnswer answer, Octets success, EapType method, AaaGrant grant, List<String> warnings) {
        List<String> remarks = new ArrayList<>(warnings);
        boolean named = answer.packet().first(AttributeType.USER_NAME).isPresent();
        boolean outer = EapMethodNames.isTunnel(method) && !named;
        if (isAnonymous(grant.identity()) || outer && outerIdentity == OuterIdentity.REFUSE) {
            return new AaaReply.Reject(
                    Optional.empty(),
                    "the AAA accepted '" + grant.identity() + "' by " + EapMethodNames.name(method)
                            + " and does not say who it is: expected " + (named ? "another " : "") + "User-Name in the"
                            + " Access-Accept of " + answer.server() + INNER_NAME);
        }
        Optional<Secret> msk;
        try {
            msk = switch (EapMethodNames.keys(method)) {
                // The peer has none: keys of the server's would be another secret than its.
                case NONE -> Optional.empty();
                case MSK, UNKNOWN -> answer.key().read();
            };
        } catch (WireException e) {
            return new AaaReply.Reject(
                    Optional.empty(),
                    "the keys in the Access-Accept of " + answer.server() + " cannot be read: " + e.getMessage()
                            + "; is the shared secret the same on both sides of every hop?");
        }
        if (msk.isEmpty() && EapMethodNames.keys(method) == EapMethodNames.Keys.MSK) {
            // The peer has an MSK and "MUST" use it (RFC 7296 section 2.16): SK_p instead would be a downgrade.
            return new AaaReply.Reject(Optional.empty(), NO_KEYS.formatted(EapMethodNames.name(method)));
        }
        if (outer) {
            remarks.add("the authenticated identity is '" + grant.identity() + "', which may be anybody: "
                    + answer.server() + " should send the inner User-Name in its Access-Accept" + INNER_NAME);
        }
        return new AaaReply.Accept(
                Optional.of(success),
                msk,
                EapMethodNames.name(method),
                grant,
                remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks)));
    }

    /** RFC 7542 section 2.4: no user part, or by custom "anonymous". */
    private static boolean isAnonymous(String identity) {
        int at = identity.lastIndexOf('@');
        String user = at < 0 ? identity : identity.substring(0, at);
        return user.isEmpty() || user.equalsIgnoreCase("anonymous");
    }
}
