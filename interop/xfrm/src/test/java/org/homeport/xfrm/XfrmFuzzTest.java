package org.homeport.xfrm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** The body of an XFRM message is read or refused. */
class XfrmFuzzTest {
    private static final String DURATION = "20s";

    private interface Reading {
        void read(Octets body) throws WireException;
    }

    @FuzzTest(maxDuration = DURATION)
    void netlinkSa(byte[] body) {
        reads(XfrmDecoder::sa, body);
    }

    @FuzzTest(maxDuration = DURATION)
    void netlinkPolicy(byte[] body) {
        reads(XfrmDecoder::policy, body);
    }

    @FuzzTest(maxDuration = DURATION)
    void netlinkExpiry(byte[] body) {
        reads(XfrmDecoder::expiry, body);
    }

    private static void reads(Reading reading, byte[] body) {
        try {
            reading.read(Octets.copyOf(body));
        } catch (WireException e) {
            // As it should be.
        }
    }
}
