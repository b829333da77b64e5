package org.homeport.testbeds.mn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.port.EapPort;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** The node's EAP side: answers its home agent's authenticator, with its password. Nothing here waits. */
final class EapPeerPort implements EapPort {
    private final String identity;
    private final Secret password;
    private final RandomSource random;
    private final Map<String, EapPeer> conversations = new ConcurrentHashMap<>();

    EapPeerPort(String identity, Secret password, RandomSource random) {
        this.identity = identity;
        this.password = password;
        this.random = random;
    }

    @Override
    public void ask(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer) {
        switch (turn) {
            case EapTurn.Begin begin ->
                answer.accept(new EapTurn.Outcome.Rejected(Optional.empty(), "a peer does not begin"));
            case EapTurn.Message(Octets packet) ->
                answer.accept(outcome(
                        session,
                        conversations.computeIfAbsent(session, s -> fresh()).handle(packet)));
            case EapTurn.Abandon abandon -> conversations.remove(session);
        }
    }

    private EapPeer fresh() {
        return new EapPeer(
                Octets.utf8(identity),
                List.of(
                        new MschapV2Peer(identity, NtHash.ofPassword(password), random),
                        new Md5Peer(identity, password)),
                EapLimits.DEFAULT);
    }

    private EapTurn.Outcome outcome(String session, PeerTurn turn) {
        return switch (turn) {
            case PeerTurn.Send send -> new EapTurn.Outcome.Continue(send.response());
            case PeerTurn.Accepted(MethodResult result) -> {
                conversations.remove(session);
                yield new EapTurn.Outcome.Accepted(
                        Optional.empty(),
                        result.msk(),
                        Authorization.of(result.identity().orElse("")),
                        result.method());
            }
            case PeerTurn.Failed failed -> rejected(session, failed.reason());
            // IKE loses nothing: what is passed over will not come again.
            case PeerTurn.Ignored ignored -> rejected(session, ignored.reason());
        };
    }

    private EapTurn.Outcome rejected(String session, String reason) {
        conversations.remove(session);
        return new EapTurn.Outcome.Rejected(Optional.empty(), reason);
    }
}
