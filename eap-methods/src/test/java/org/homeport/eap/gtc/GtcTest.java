package org.homeport.eap.gtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapPeer;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.ServerStep;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class GtcTest {
    /** As inside a tunnel, without one around it. */
    private static final class Inside {
        private final EapAuthenticator authenticator = EapAuthenticator.inTunnel(
                claimed -> List.of(Tunnels.gtc()), Optional.empty(), EapLimits.DEFAULT, 0, Methods.random(1));
        private final EapPeer peer;

        Inside(String password) {
            peer = EapPeer.inTunnel(Octets.utf8("mn1"), List.of(new GtcPeer(Secret.utf8(password))), EapLimits.DEFAULT);
        }

        AuthenticatorStep run() {
            AuthenticatorStep.Ask question = (AuthenticatorStep.Ask) authenticator.begin();
            return authenticator.handle(((PeerTurn.Send) peer.handle(question.request())).response());
        }
    }

    @Test
    void passwordIsTheAnswerToAnyQuestion() {
        Inside inside = new Inside("secret");
        AuthenticatorStep.Granted granted = (AuthenticatorStep.Granted) inside.run();
        assertThat(granted.result().identity()).contains("mn1");
        assertThat(granted.result().msk()).isEmpty();
        assertThat(inside.peer.handle(granted.success())).isInstanceOf(PeerTurn.Accepted.class);
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThat(((AuthenticatorStep.Refused) new Inside("wrong").run()).reason())
                .isEqualTo("wrong password for 'mn1'");
    }

    @Test
    void secondQuestionIsNotAnswered() {
        GtcPeer peer = new GtcPeer(Secret.utf8("secret"));
        assertThat(peer.handle(Octets.utf8("Password: "), 1)).isInstanceOf(PeerStep.Answer.class);
        assertThat(peer.handle(Octets.utf8("Token: "), 2)).isInstanceOf(PeerStep.Failed.class);
    }

    @Test
    void endlessPasswordIsRefusedUnread() {
        GtcServer server = new GtcServer(password -> {
            throw new AssertionError("read");
        });
        server.begin(1);
        assertThat(server.respond(Octets.zeros(PasswordCheck.MAX_PASSWORD + 1), 2))
                .isEqualTo(new ServerStep.Failed("a password of 1025 octets"));
        assertThat(server.respond(Octets.utf8("secret"), 3)).isInstanceOf(ServerStep.Ignored.class);
    }

    /** RFC 3748 section 5.6: "MUST NOT be used to provide support for cleartext passwords" there. */
    @Test
    void outsideATunnelItIsNeverProposed() throws Exception {
        EapAuthenticator alone = Methods.authenticator(IdentityQuestion.SKIP, Tunnels.gtc());
        assertThat(alone.begin()).isInstanceOf(AuthenticatorStep.Refused.class);
        EapAuthenticator withAnother =
                Methods.authenticator(IdentityQuestion.SKIP, Tunnels.gtc(), Methods.md5(), Tunnels.gtc());
        EapPacket.Request request = Methods.asked(withAnother.begin());
        assertThat(request.type()).isEqualTo(EapType.MD5_CHALLENGE);
        assertThat(withAnother.handle(Methods.response(request, EapType.NAK, Octets.of(6))))
                .isInstanceOf(AuthenticatorStep.Refused.class);
    }

    @Test
    void outsideATunnelNoPeerHasIt() throws Exception {
        assertThatThrownBy(() -> Methods.peer(Methods.md5Peer("secret"), new GtcPeer(Secret.utf8("secret"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GTC outside a tunnel");
    }

    /** In the expanded form as well, which means the same (RFC 3748 section 5.7). */
    @Test
    void formOfTheTypeMakesNoDifference() {
        assertThat(EapType.GTC.needsTunnel()).isTrue();
        assertThat(EapType.expanded(0, 6).needsTunnel()).isTrue();
        assertThat(EapType.expanded(9, 6).needsTunnel()).isFalse();
        assertThat(EapType.MSCHAPV2.needsTunnel()).isFalse();
    }
}
