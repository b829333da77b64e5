package org.homeport.eap.gtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.homeport.eap.Conversation;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerStep;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

class GtcTest {
    private static Conversation converse(String password) {
        return new Conversation(
                        Methods.authenticator(IdentityQuestion.ASK, Tunnels.gtc()),
                        Methods.peer(new GtcPeer(Secret.utf8(password))))
                .run();
    }

    @Test
    void passwordIsTheAnswerToAnyQuestion() {
        Conversation conversation = converse("secret");
        assertThat(conversation.granted().orElseThrow().identity()).contains("mn1");
        assertThat(conversation.granted().orElseThrow().msk()).isEmpty();
        assertThat(conversation.accepted()).isPresent();
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThat(Tunnels.refused(converse("wrong"))).isEqualTo("wrong password for 'mn1'");
    }

    @Test
    void secondQuestionIsNotAnswered() {
        GtcPeer peer = new GtcPeer(Secret.utf8("secret"));
        assertThat(peer.handle(Octets.utf8("Password: "), 1)).isInstanceOf(PeerStep.Answer.class);
        assertThat(peer.handle(Octets.utf8("Token: "), 2)).isInstanceOf(PeerStep.Failed.class);
    }
}
