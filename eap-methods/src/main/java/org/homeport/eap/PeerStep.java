package org.homeport.eap;

import org.homeport.kit.Octets;

/** What the peer side of a method makes of a Request. */
public sealed interface PeerStep {
    record Answer(Octets typeData, Standing standing) implements PeerStep {}

    /** Nothing to say any more: the server is not who it should be. */
    record Failed(String reason) implements PeerStep {}

    /** The Request is to be passed over, as if it had not come. */
    record Ignored(String reason) implements PeerStep {}

    /** What the method thinks of the server so far; it alone decides whether an EAP-Success is believed. */
    sealed interface Standing {
        /** The method goes on. */
        record Undecided() implements Standing {}

        /** Content as far as this side goes; the server may still refuse. RFC 4137's conditional success. */
        record Content(MethodResult result) implements Standing {}

        /** Both sides told each other that it went well. RFC 4137's unconditional success. */
        record Agreed(MethodResult result) implements Standing {}

        /** It went badly, and the answer says so; only a Failure can follow. */
        record Lost(String reason) implements Standing {}
    }
}
