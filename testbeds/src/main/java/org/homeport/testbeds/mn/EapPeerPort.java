package org.homeport.testbeds.mn;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.port.EapPort;
import org.homeport.eap.EapPeer;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerTurn;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** The nodes' EAP side: answers their home agent's authenticator. Nothing here waits. */
final class EapPeerPort implements EapPort {
    private final RandomSource random;
    private final Map<String, EapPeers> peers = new ConcurrentHashMap<>();
    private final Map<String, EapPeer> conversations = new ConcurrentHashMap<>();

    EapPeerPort(RandomSource random) {
        this.random = random;
    }

    /** Who answers for a session; said before it begins. */
    void expect(String session, EapPeers maker) {
        peers.put(session, maker);
    }

    @Override
    public void ask(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer) {
        switch (turn) {
            case EapTurn.Begin begin ->
                answer.accept(new EapTurn.Outcome.Rejected(Optional.empty(), "a peer does not begin"));
            case EapTurn.Message(Octets packet) ->
                answer.accept(outcome(
                        session,
                        conversations.computeIfAbsent(session, this::fresh).handle(packet)));
            case EapTurn.Abandon abandon -> conversations.remove(session);
        }
    }

    private EapPeer fresh(String session) {
        return peers.getOrDefault(session, EapPeers.none()).fresh(random);
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
