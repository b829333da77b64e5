package org.homeport.eap.gtc;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * The peer side of EAP-GTC: whatever the question, the password is the answer, once. The server proves nothing; in
 * a tunnel it has done so before.
 */
public final class GtcPeer implements PeerMethod {
    private final Secret password;
    private boolean answered;

    public GtcPeer(Secret password) {
        this.password = password;
    }

    @Override
    public EapType type() {
        return EapType.GTC;
    }

    @Override
    public String name() {
        return GtcServer.NAME;
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        if (answered) {
            return new PeerStep.Failed("GTC: the server asks again; there is no other password");
        }
        answered = true;
        return new PeerStep.Answer(
                password.expose(),
                new PeerStep.Standing.Content(
                        new MethodResult(name(), Optional.empty(), Optional.empty(), Optional.empty())));
    }
}
