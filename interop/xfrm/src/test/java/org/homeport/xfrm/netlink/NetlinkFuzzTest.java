package org.homeport.xfrm.netlink;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** A datagram on a netlink socket is read or refused. */
class NetlinkFuzzTest {
    private static final String DURATION = "20s";

    @FuzzTest(maxDuration = DURATION)
    void netlinkDatagram(byte[] datagram) {
        try {
            NetlinkMessage.parse(Octets.copyOf(datagram)).forEach(NetlinkMessage::body);
        } catch (WireException e) {
            // As it should be.
        }
    }
}
