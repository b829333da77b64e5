package org.homeport.xfrm;

import org.homeport.core.child.SaHandle;

/** A pair of SAs wherever its ends have moved to. */
record PairKey(int reqid, int inboundSpi, int outboundSpi) {
    static PairKey of(SaHandle pair) {
        return new PairKey(pair.reqid(), pair.inboundSpi(), pair.outboundSpi());
    }
}
