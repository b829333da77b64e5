package org.homeport.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.eap.Methods.sent;

import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class EapPeerTest {
    private final EapPeer peer = Methods.peer(Methods.mschapV2Peer("secret"), Methods.md5Peer("secret"));

    @Test
    void identityIsTold() throws Exception {
        assertThat(sent(peer.handle(request(3, EapType.IDENTITY, Octets.utf8("who?")))))
                .isEqualTo(new EapPacket.Response(3, EapType.IDENTITY, Octets.utf8("mn1")));
    }

    @Test
    void notificationIsAcknowledgedAndShown() throws Exception {
        PeerTurn turn = peer.handle(request(4, EapType.NOTIFICATION, Octets.utf8("expires\r\nsoon")));
        assertThat(sent(turn)).isEqualTo(new EapPacket.Response(4, EapType.NOTIFICATION, Octets.EMPTY));
        assertThat(((PeerTurn.Send) turn).notice()).contains("expires  soon");
    }

    @Test
    void unknownMethodsAreDeclinedWithTheOnesWeHave() throws Exception {
        assertThat(sent(peer.handle(request(5, EapType.legacy(13), Octets.of(0x20)))))
                .isEqualTo(new EapPacket.Response(5, EapType.NAK, Octets.of(26, 4)));
        assertThat(sent(peer.handle(request(6, EapType.expanded(0x372a, 1), Octets.EMPTY))))
                .isEqualTo(new EapPacket.Response(
                        6, EapType.EXPANDED_NAK, Octets.fromHex("fe000000 0000001a fe000000 00000004")));
    }

    @Test
    void expandedFormOfAMethodIsTheMethod() throws Exception {
        EapPacket.Response response = sent(peer.handle(request(5, EapType.expanded(0, 4), Octets.of(1, 0xaa))));
        assertThat(response.type()).isEqualTo(EapType.expanded(0, 4));
        assertThat(response.typeData().at(0)).isEqualTo(16);
    }

    @Test
    void repeatedRequestGetsTheSameBytes() throws Exception {
        Octets challenge = request(5, EapType.MSCHAPV2, challenge());
        PeerTurn first = peer.handle(challenge);
        assertThat(peer.handle(challenge)).isEqualTo(first);
    }

    @Test
    void anotherRequestUnderTheSameIdentifierIsIgnored() {
        peer.handle(request(5, EapType.IDENTITY, Octets.EMPTY));
        assertIgnored(peer.handle(request(5, EapType.MD5_CHALLENGE, Octets.of(1, 1))));
    }

    @Test
    void successOutOfTheBlueIsIgnored() {
        assertIgnored(peer.handle(success(0)));
    }

    @Test
    void successAfterTheIdentityIsIgnored() {
        peer.handle(request(1, EapType.IDENTITY, Octets.EMPTY));
        assertIgnored(peer.handle(success(1)));
    }

    @Test
    void successInTheMiddleOfAMethodIsIgnored() {
        peer.handle(request(1, EapType.MSCHAPV2, challenge()));
        assertIgnored(peer.handle(success(1)));
    }

    @Test
    void successAfterANakIsIgnored() {
        peer.handle(request(1, EapType.legacy(13), Octets.EMPTY));
        assertIgnored(peer.handle(success(1)));
    }

    @Test
    void successWithAnotherIdentifierIsIgnored() {
        peer.handle(request(1, EapType.MD5_CHALLENGE, Octets.of(1, 1)));
        assertIgnored(peer.handle(success(2)));
        assertThat(peer.handle(success(1))).isInstanceOf(PeerTurn.Accepted.class);
    }

    @Test
    void noSecondMethodAndNoIdentityOnceAMethodHasBegun() {
        peer.handle(request(1, EapType.MSCHAPV2, challenge()));
        assertIgnored(peer.handle(request(2, EapType.MD5_CHALLENGE, Octets.of(1, 1))));
        assertIgnored(peer.handle(request(2, EapType.IDENTITY, Octets.EMPTY)));
        assertIgnored(peer.handle(request(2, EapType.legacy(13), Octets.EMPTY)));
    }

    @Test
    void failureEndsTheConversation() {
        peer.handle(request(1, EapType.IDENTITY, Octets.EMPTY));
        assertThat(peer.handle(EapCodec.encode(new EapPacket.Failure(1)))).isInstanceOf(PeerTurn.Failed.class);
        assertIgnored(peer.handle(request(2, EapType.IDENTITY, Octets.EMPTY)));
    }

    @Test
    void nonsenseIsIgnored() {
        assertIgnored(peer.handle(Octets.EMPTY));
        assertIgnored(peer.handle(Octets.of(1, 1, 0, 4)));
        assertIgnored(peer.handle(Octets.zeros(5000)));
        assertIgnored(peer.handle(request(1, EapType.NAK, Octets.of(4))));
        assertIgnored(peer.handle(request(1, EapType.legacy(0), Octets.EMPTY)));
        assertIgnored(peer.handle(EapCodec.encode(new EapPacket.Response(1, EapType.IDENTITY, Octets.EMPTY))));
    }

    @Test
    void roundsAreCapped() {
        PeerTurn turn = peer.handle(request(0, EapType.NOTIFICATION, Octets.EMPTY));
        for (int i = 1; i <= 50; i++) {
            turn = peer.handle(request(i, EapType.NOTIFICATION, Octets.EMPTY));
        }
        assertThat(turn).isInstanceOf(PeerTurn.Failed.class);
    }

    private static Octets challenge() {
        return Octets.concat(Octets.fromHex("01 01 0018 10"), Octets.zeros(16), Octets.utf8("aaa"));
    }

    private static Octets request(int identifier, EapType type, Octets typeData) {
        return EapCodec.encode(new EapPacket.Request(identifier, type, typeData));
    }

    private static Octets success(int identifier) {
        return EapCodec.encode(new EapPacket.Success(identifier));
    }

    private static void assertIgnored(PeerTurn turn) {
        assertThat(turn).isInstanceOf(PeerTurn.Ignored.class);
    }
}
