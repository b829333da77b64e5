package org.homeport.testbeds.mip6;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** What arrives from anywhere is read or refused. */
class MobilityFuzzTest {
    private static final String DURATION = "20s";
    private static final IpAddress SOURCE = IpAddress.parse("2001:db8::1");
    private static final IpAddress DESTINATION = IpAddress.parse("2001:db8::2");

    @FuzzTest(maxDuration = DURATION)
    void mobilityHeader(byte[] octets) {
        try {
            MobilityHeader.decode(Octets.copyOf(octets), SOURCE, DESTINATION);
        } catch (WireException e) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = DURATION)
    void signallingPacket(byte[] octets) {
        try {
            SignallingPacket.decode(Octets.copyOf(octets)).logicalDestination();
        } catch (WireException e) {
            // As it should be.
        }
    }
}
