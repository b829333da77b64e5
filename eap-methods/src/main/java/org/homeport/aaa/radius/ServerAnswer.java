package org.homeport.aaa.radius;

import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * An Access-Accept, -Reject or -Challenge that is authentic: its authenticators are right.
 *
 * @param server its name, for the operator
 */
public record ServerAnswer(RadiusPacket packet, String server, MasterKey key) {
    /** The Master Session Key in it: whoever has the shared secret can read it. */
    @FunctionalInterface
    public interface MasterKey {
        /**
         * Reads it anew.
         *
         * @return 64 octets, the caller's own; empty if there is none
         * @throws WireException if there is something that cannot be read
         */
        Optional<Secret> read() throws WireException;
    }

    /** @param requestAuthenticator of the Access-Request that it answers */
    public static ServerAnswer of(RadiusPacket packet, String server, Octets requestAuthenticator, Secret secret) {
        return new ServerAnswer(
                packet,
                server,
                () -> MppeKeys.of(packet, requestAuthenticator, secret).map(MppeKeys::msk));
    }
}
