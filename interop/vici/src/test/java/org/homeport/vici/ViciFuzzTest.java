package org.homeport.vici;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** Whatever is at the other end of the socket: a segment is read or refused, and what was read can be written. */
class ViciFuzzTest {
    private static final String DURATION = "20s";

    @FuzzTest(maxDuration = DURATION)
    void packet(byte[] segment) {
        try {
            ViciPacket packet = ViciPacket.decode(Octets.copyOf(segment));
            if (!ViciPacket.decode(packet.encode()).equals(packet)) {
                throw new AssertionError(packet + " cannot be read again");
            }
        } catch (WireException e) {
            // As it should be.
        }
    }
}
