package org.homeport.xfrm;

import java.util.Set;

/**
 * How this engine uses the kernel.
 *
 * @param reqids what is ours
 * @param sharedReqids reqids outside that range which the configuration gives to children whose policies somebody
 *     else owns (mip6d): their SAs are ours, their policies are not
 * @param replayWindow in packets, a multiple of 32 up to 4096 (RFC 4303 section 3.4.3)
 */
public record XfrmSettings(ReqidRange reqids, Set<Integer> sharedReqids, int replayWindow) {
    public static final XfrmSettings DEFAULT = new XfrmSettings(ReqidRange.DEFAULT, Set.of(), 128);

    public XfrmSettings {
        sharedReqids = Set.copyOf(sharedReqids);
        if (replayWindow < 32 || replayWindow > 4096 || replayWindow % 32 != 0) {
            throw new IllegalArgumentException("replay window " + replayWindow + ": 32 to 4096, in steps of 32");
        }
    }

    boolean ownsSa(int reqid) {
        return reqids.contains(reqid) || sharedReqids.contains(reqid);
    }

    boolean ownsPolicy(int reqid) {
        return !sharedReqids.contains(reqid);
    }
}
