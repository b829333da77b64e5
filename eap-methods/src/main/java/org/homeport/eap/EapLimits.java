package org.homeport.eap;

/**
 * How far a conversation may go.
 *
 * @param rounds packets taken from the other side, bad ones too, before it fails
 * @param packetOctets the longest packet taken; RADIUS carries no more than 4096 octets in all
 */
public record EapLimits(int rounds, int packetOctets) {
    public static final EapLimits DEFAULT = new EapLimits(50, 4096);

    public EapLimits {
        if (rounds < 1 || packetOctets < 64 || packetOctets > 0xffff) {
            throw new IllegalArgumentException(rounds + " rounds, packets of " + packetOctets + " octets");
        }
    }
}
