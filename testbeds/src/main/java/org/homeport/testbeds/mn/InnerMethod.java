package org.homeport.testbeds.mn;

import java.util.List;
import java.util.Locale;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.gtc.GtcPeer;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.eap.ttls.TtlsCredential;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** How the node proves itself inside a tunnel. */
enum InnerMethod {
    PAP,
    /** In TTLS its attributes, without EAP. */
    MSCHAPV2,
    EAP_MSCHAPV2,
    GTC,
    MD5;

    /** Of one conversation. */
    TtlsCredential inTtls(String identity, Secret password, RandomSource random) {
        return switch (this) {
            case PAP -> new TtlsCredential.Pap(identity, password);
            case MSCHAPV2 -> new TtlsCredential.MschapV2(identity, NtHash.ofPassword(password));
            case EAP_MSCHAPV2 -> new TtlsCredential.Eap(eap(identity, mschapV2(identity, password, random)));
            case GTC -> new TtlsCredential.Eap(eap(identity, new GtcPeer(password)));
            case MD5 -> new TtlsCredential.Eap(eap(identity, new Md5Peer(identity, password)));
        };
    }

    /** Of one conversation: MSCHAPv2 or GTC. */
    EapPeer inPeap(String identity, Secret password, RandomSource random) {
        return eap(identity, this == GTC ? new GtcPeer(password) : mschapV2(identity, password, random));
    }

    private static PeerMethod mschapV2(String identity, Secret password, RandomSource random) {
        return new MschapV2Peer(identity, NtHash.ofPassword(password), random);
    }

    private static EapPeer eap(String identity, PeerMethod method) {
        return EapPeer.inTunnel(Octets.utf8(identity), List.of(method), EapLimits.DEFAULT);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
