package org.homeport.eap.md5;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** The peer side of MD5-Challenge. The server proves nothing to it: content with any that accepts. */
public final class Md5Peer implements PeerMethod {
    private final Octets userName;
    private final Secret password;

    public Md5Peer(String userName, Secret password) {
        this.userName = Octets.utf8(userName);
        this.password = password;
    }

    @Override
    public EapType type() {
        return EapType.MD5_CHALLENGE;
    }

    @Override
    public String name() {
        return Md5Server.NAME;
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        Md5Codec.Chap challenge;
        try {
            challenge = Md5Codec.decode(typeData);
        } catch (WireException e) {
            return new PeerStep.Failed("malformed MD5 challenge: " + e.getMessage());
        }
        Octets value = Md5Codec.hash(identifier, password, challenge.value());
        return new PeerStep.Answer(
                Md5Codec.encode(new Md5Codec.Chap(value, userName)),
                new PeerStep.Standing.Content(
                        new MethodResult(name(), Optional.empty(), Optional.empty(), Optional.empty())));
    }
}
