package org.homeport.eap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

class EapFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsWrittenAlike(byte[] data) {
        Octets octets = Octets.copyOf(data);
        EapPacket packet;
        try {
            packet = EapCodec.decode(octets);
        } catch (WireException e) {
            return;
        }
        assertThat(EapCodec.encode(packet)).isEqualTo(octets);
        if (packet instanceof EapPacket.Response response) {
            try {
                EapCodec.wanted(response);
            } catch (WireException e) {
                assertThat(response.type()).isEqualTo(EapType.EXPANDED_NAK);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void nobodyGuessesHisWayPastTheAuthenticator(FuzzedDataProvider data) {
        EapAuthenticator authenticator = Methods.authenticator(IdentityQuestion.ASK, Methods.mschapV2(), Methods.md5());
        AuthenticatorStep step = authenticator.begin();
        while (data.remainingBytes() > 0) {
            int identifier =
                    step instanceof AuthenticatorStep.Ask ask ? ask.request().at(1) : data.consumeByte();
            Octets body = Octets.wrap(data.consumeBytes(data.consumeInt(0, 300)));
            step = authenticator.handle(
                    data.consumeBoolean() ? body : packet(2, identifier, data.consumeInt(0, 255), body));
            assertThat(step).isNotInstanceOf(AuthenticatorStep.Granted.class);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void nobodyTalksThePeerIntoSuccess(FuzzedDataProvider data) {
        EapPeer peer = Methods.peer(Methods.mschapV2Peer("secret"));
        int identifier = 0;
        while (data.remainingBytes() > 0) {
            Octets body = Octets.wrap(data.consumeBytes(data.consumeInt(0, 300)));
            PeerTurn turn = switch (data.consumeInt(0, 3)) {
                case 0 -> peer.handle(body);
                case 1 -> peer.handle(EapCodec.encode(new EapPacket.Success(identifier)));
                default -> peer.handle(packet(1, ++identifier & 0xff, data.consumeInt(0, 255), body));
            };
            assertThat(turn).isNotInstanceOf(PeerTurn.Accepted.class);
        }
    }

    private static Octets packet(int code, int identifier, int type, Octets body) {
        int length = 5 + body.length();
        return Octets.of(code, identifier, length >>> 8, length, type).plus(body);
    }
}
