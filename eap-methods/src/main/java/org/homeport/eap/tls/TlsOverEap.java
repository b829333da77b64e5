package org.homeport.eap.tls;

import org.homeport.kit.Octets;

/** A side of TLS with its fragments: what every method made of TLS has in common, peer and server. */
public final class TlsOverEap {
    private final TlsSide side;
    private final EapTlsFragments fragments;

    /** What a packet means to the method. */
    public sealed interface Step {
        /**
         * The server begins; for a peer only. Not yet looked at by TLS.
         *
         * @param version highest that the server speaks, where the method has versions
         * @param data after the flags; mostly empty
         */
        record Begun(int version, Octets data) implements Step {}

        /** Part of a message: to be answered with this, and nothing for the method to decide. */
        record Answered(Octets typeData) implements Step {}

        /** The other side says nothing: it waits, or acknowledges. */
        record Nothing(int version) implements Step {}

        /** A whole message, and what TLS made of it. */
        record Turned(int version, TlsTurn turn) implements Step {}

        /** No packet of this method; nothing can follow. */
        record Broken(String reason) implements Step {}
    }

    public TlsOverEap(TlsSide side, EapTlsFragments fragments) {
        this.side = side;
        this.fragments = fragments;
    }

    public TlsSide side() {
        return side;
    }

    /** Takes type data from the other side: anything. */
    public Step take(Octets typeData) {
        return switch (fragments.take(typeData)) {
            case EapTlsFragments.Arrival.Begun(int version, Octets data) -> new Step.Begun(version, data);
            case EapTlsFragments.Arrival.Answered(Octets answer) -> new Step.Answered(answer);
            case EapTlsFragments.Arrival.Nothing(int version) -> new Step.Nothing(version);
            case EapTlsFragments.Arrival.Message(int version, Octets tls) ->
                new Step.Turned(version, side.receive(tls));
            case EapTlsFragments.Arrival.Broken(String reason) -> new Step.Broken(reason);
        };
    }

    /** Whether a message is under way: part of one is still to be sent, or still to come. */
    public boolean isMidMessage() {
        return fragments.isMidMessage();
    }

    /** Type data that begins the method; for a server. */
    public Octets start() {
        return fragments.start();
    }

    /** Type data that says nothing. */
    public Octets empty() {
        return fragments.empty();
    }

    /**
     * Type data with TLS octets, or with the first fragment of them.
     *
     * @param tls of one or more turns, in order; empty is the same as {@link #empty}
     */
    public Octets send(Octets tls) {
        return fragments.send(tls);
    }
}
