package org.homeport.eap.aka;

import org.homeport.kit.Octets;

/**
 * The AKA-Identity packets of a conversation so far, which AT_CHECKCODE protects after the fact (RFC 4187 section
 * 10.13).
 */
final class AkaTranscript {
    private final AkaVariant variant;
    private Octets packets = Octets.EMPTY;

    AkaTranscript(AkaVariant variant) {
        this.variant = variant;
    }

    /** @param request whole, as sent; @param response whole, as received, or the other way round */
    void add(Octets request, Octets response) {
        packets = Octets.concat(packets, request, response);
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Empty if there were no such packets: "no EAP/-AKA-Identity messages were exchanged". */
    AkaMessage.Attribute checkcode() {
        return new AkaMessage.Attribute(AkaCodec.AT_CHECKCODE, expected());
    }

    /** Whether a message says nothing of the transcript, or the truth. */
    boolean agreesWith(AkaMessage message) {
        return message.find(AkaCodec.AT_CHECKCODE).map(expected()::equals).orElse(true);
    }

    private Octets expected() {
        return packets.isEmpty() ? Octets.EMPTY : AkaHash.digest(variant, packets);
    }
}
