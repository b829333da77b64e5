package org.homeport.eap;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.md5.Md5Server;
import org.homeport.eap.mschapv2.MschapV2Accounts;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.MschapV2Server;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** Methods of both sides for one user, "mn1" with password "secret". */
public final class Methods {
    public static final Nai USER = new Nai("mn1");

    private Methods() {}

    public static RandomSource random(long seed) {
        return RandomSource.of(new Random(seed));
    }

    public static NtHash ntHash(String password) {
        return NtHash.ofPassword(Secret.utf8(password));
    }

    public static MschapV2Server mschapV2Server(int attempts, long seed) {
        return new MschapV2Server(
                name -> new MschapV2Accounts.Account("mn1", ntHash("secret"), Optional.empty()),
                "aaa",
                attempts,
                random(seed));
    }

    public static MethodOffer mschapV2() {
        return new MethodOffer(EapType.MSCHAPV2, () -> mschapV2Server(1, 5));
    }

    public static MethodOffer md5() {
        return new MethodOffer(
                EapType.MD5_CHALLENGE,
                () -> new Md5Server(
                        new Md5Server.Account("mn1", Secret.utf8("secret"), Optional.empty()), "aaa", random(6)));
    }

    public static MschapV2Peer mschapV2Peer(String password) {
        return new MschapV2Peer("mn1", ntHash(password), random(7));
    }

    public static Md5Peer md5Peer(String password) {
        return new Md5Peer("mn1", Secret.utf8(password));
    }

    public static EapAuthenticator authenticator(IdentityQuestion question, MethodOffer... offers) {
        return new EapAuthenticator(
                claimed -> List.of(offers), question, Optional.of(USER), EapLimits.DEFAULT, random(8));
    }

    public static EapPeer peer(PeerMethod... methods) {
        return new EapPeer(Octets.utf8("mn1"), List.of(methods), EapLimits.DEFAULT);
    }

    /** The packet in an {@code Ask}. */
    public static EapPacket.Request asked(AuthenticatorStep step) throws Exception {
        return (EapPacket.Request) EapCodec.decode(((AuthenticatorStep.Ask) step).request());
    }

    /** The packet in a {@code Send}. */
    public static EapPacket.Response sent(PeerTurn turn) throws Exception {
        return (EapPacket.Response) EapCodec.decode(((PeerTurn.Send) turn).response());
    }

    public static Octets response(EapPacket.Request to, EapType type, Octets typeData) {
        return EapCodec.encode(new EapPacket.Response(to.identifier(), type, typeData));
    }
}
