package org.homeport.core.session;

/** A timer of one session; setting it again replaces it. */
public sealed interface TimerId {
    /** The next retransmission of our outstanding request. */
    record Retransmit() implements TimerId {}

    /** A responder's session that is not established by then is given up. */
    record HalfOpen() implements TimerId {}

    /** Nothing was heard for so long: probe. */
    record Liveness() implements TimerId {}

    record RekeyIke() implements TimerId {}

    /** @param inboundSpi of the child */
    record RekeyChild(int inboundSpi) implements TimerId {}

    /** The end of the authorization. */
    record Authorization() implements TimerId {}

    /** A refused own exchange is tried again. */
    record Retry() implements TimerId {}

    /** What an old IKE SA, or a closed session, still answers ends here. */
    record Linger() implements TimerId {}

    /** NAT keepalive (RFC 3948 section 2.3). */
    record Keepalive() implements TimerId {}
}
