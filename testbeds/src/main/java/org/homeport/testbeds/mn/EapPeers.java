package org.homeport.testbeds.mn;

import java.util.List;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** Makes the peer of one EAP conversation of what a node knows. */
@FunctionalInterface
public interface EapPeers {
    EapPeer fresh(RandomSource random);

    /** A node that proves itself otherwise. */
    static EapPeers none() {
        return random -> new EapPeer(Octets.EMPTY, List.of(), EapLimits.DEFAULT);
    }

    /** EAP-MSCHAPv2, and MD5 where its home agent's policy and ours take a method without key. */
    static EapPeers ofPassword(String identity, Secret password) {
        return random -> new EapPeer(
                Octets.utf8(identity),
                List.of(
                        new MschapV2Peer(identity, NtHash.ofPassword(password), random),
                        new Md5Peer(identity, password)),
                EapLimits.DEFAULT);
    }
}
