package org.homeport.aaa.accounting;

/**
 * What a session has used since it began.
 *
 * @param inputOctets from the peer (RFC 2866 section 5.3); {@code outputOctets} to it
 */
public record Usage(long inputOctets, long inputPackets, long outputOctets, long outputPackets) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage plus(Usage more) {
        return new Usage(
                inputOctets + more.inputOctets,
                inputPackets + more.inputPackets,
                outputOctets + more.outputOctets,
                outputPackets + more.outputPackets);
    }

    /** The higher of each: what was counted once is not taken back. */
    public Usage max(Usage other) {
        return new Usage(
                Math.max(inputOctets, other.inputOctets),
                Math.max(inputPackets, other.inputPackets),
                Math.max(outputOctets, other.outputOctets),
                Math.max(outputPackets, other.outputPackets));
    }
}
