package org.homeport.eap.peap;

import java.util.List;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.MethodOffer;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tunnel.InnerEap;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;

/** What is said inside PEAP, without EAP around it: who has the tunnels may carry it from one into another. */
final class PeapTalk {
    static final Tunnels.Established TUNNEL = Tunnels.established(TlsVersion.TLS_1_2);
    static final Tunnels.Established OTHER_TUNNEL = Tunnels.established(TlsVersion.TLS_1_2);

    final PeapServer server;
    final PeapPeer peer;
    private final Tunnels.Established serversTunnel;

    /** Both in one tunnel. */
    PeapTalk(BindingPolicy policy, MethodOffer offer, PeerMethod method) {
        this(policy, offer, TUNNEL, method, TUNNEL);
    }

    PeapTalk(
            BindingPolicy policy,
            MethodOffer offer,
            Tunnels.Established serversTunnel,
            PeerMethod method,
            Tunnels.Established peersTunnel) {
        server = new PeapServer(new InnerEap(claimed -> List.of(offer), Tunnels.RANDOM), policy, Tunnels.RANDOM);
        peer = new PeapPeer(
                EapPeer.inTunnel(Octets.utf8("mn1"), List.of(method), EapLimits.DEFAULT), policy, Tunnels.RANDOM);
        peer.begin(peersTunnel.client(), 0);
        this.serversTunnel = serversTunnel;
    }

    /** Up to the server's result. */
    Octets toResult() throws Exception {
        Octets asked = said(server.silence(1));
        for (int id = 1; ; id++) {
            if (PeapCodec.decode(asked, PeapCodec.Code.REQUEST, id) instanceof PeapPacket.Result) {
                return asked;
            }
            asked = said(hear(said(peer.take(asked, id)), id + 1));
        }
    }

    InnerServer.Step hear(Octets data, int nextIdentifier) {
        return server.take(data, serversTunnel.server(), nextIdentifier);
    }

    static Octets said(InnerServer.Step step) {
        return ((InnerServer.Step.Say) step).data();
    }

    static Octets said(InnerPeer.Step step) {
        return ((InnerPeer.Step.Say) step).data();
    }
}
