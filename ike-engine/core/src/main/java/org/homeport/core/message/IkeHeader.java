package org.homeport.core.message;

import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.PayloadType;

/**
 * The IKE header (RFC 7296 section 3.1).
 *
 * @param spiInitiator SPI of the original initiator
 * @param spiResponder 0 in the first message
 * @param nextPayload type of the first payload
 * @param version major version in the high, minor in the low four bits: 0x20
 * @param flags {@link #INITIATOR}, {@link #HIGHER_VERSION}, {@link #RESPONSE}
 * @param messageId 0..2^32-1
 * @param length of the whole message, header included, in octets
 */
public record IkeHeader(
        long spiInitiator,
        long spiResponder,
        PayloadType nextPayload,
        int version,
        ExchangeType exchange,
        int flags,
        long messageId,
        long length) {
    public static final int LENGTH = 28;
    public static final int VERSION_2_0 = 0x20;
    public static final int INITIATOR = 0x08;
    public static final int HIGHER_VERSION = 0x10;
    public static final int RESPONSE = 0x20;

    /** A header of ours; the encoder fills in next payload and length. */
    public static IkeHeader of(long spiInitiator, long spiResponder, ExchangeType exchange, int flags, long messageId) {
        return new IkeHeader(spiInitiator, spiResponder, PayloadType.NONE, VERSION_2_0, exchange, flags, messageId, 0);
    }

    public boolean fromInitiator() {
        return (flags & INITIATOR) != 0;
    }

    public boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    public int majorVersion() {
        return version >>> 4;
    }
}
