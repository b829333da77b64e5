package org.homeport.aaa.route;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.AskingConversation;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.RefusedConversation;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every peer to the AAA of its realm. Where the EAP identity is asked, what the peer answers decides; without a
 * user part ({@code @realm}) it decides as well (RFC 7542 section 2.4).
 *
 * <p>An AAA answers for its own realms only: one that names a peer of another's, or of nobody's, is not believed.
 *
 * <p>The table may change under way: whoever's route is gone is refused at its next packet.
 */
public final class RealmRouter implements AaaBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RealmRouter.class);

    private final Supplier<RealmRoutes> routes;
    private final RandomSource random;

    /** @param routes asked for every packet: returns at once */
    public RealmRouter(Supplier<RealmRoutes> routes, RandomSource random) {
        this.routes = routes;
        this.random = random;
    }

    @Override
    public AaaConversation open(AaaOpening opening) {
        return switch (opening.question()) {
            case ASK -> new AskingConversation(opening, random, this::route);
            case SKIP -> route(opening);
        };
    }

    private AaaConversation route(AaaOpening opening) {
        Optional<Nai> name;
        try {
            name = opening.claimed().userName();
        } catch (WireException e) {
            return RefusedConversation.of(opening, "identity refused: " + e.getMessage());
        }
        return switch (routes.get().choose(name)) {
            case RouteChoice.Nowhere(String reason) -> RefusedConversation.of(opening, reason);
            case RouteChoice.Found found -> {
                LOG.atDebug()
                        .addKeyValue("event", "aaa.routed")
                        .addKeyValue("session", opening.conversation())
                        .addKeyValue("route", found.route().name())
                        .log();
                AaaOpening undone = found.name().equals(name)
                        ? opening
                        : opening.as(
                                ClaimedIdentity.nai(found.name().orElseThrow().text()));
                yield new Routed(found.route(), name, found.route().backend().open(undone));
            }
        };
    }

    /** A conversation that lasts as long as its route does. */
    private final class Routed implements AaaConversation {
        private final RealmRoute.Served route;
        private final Optional<Nai> name;
        private final AaaConversation conversation;

        Routed(RealmRoute.Served route, Optional<Nai> name, AaaConversation conversation) {
            this.route = route;
            this.name = name;
            this.conversation = conversation;
        }

        @Override
        public CompletionStage<AaaReply> begin() {
            return conversation.begin().thenApply(this::inItsRealms);
        }

        @Override
        public CompletionStage<AaaReply> answer(Octets packet) {
            return switch (routes.get().choose(name)) {
                case RouteChoice.Found found
                when found.route().name().equals(route.name()) ->
                    conversation.answer(packet).thenApply(this::inItsRealms);
                case RouteChoice.Found found ->
                    end("its route changed from " + route.name() + " to "
                            + found.route().name() + " under way");
                case RouteChoice.Nowhere(String reason) ->
                    end("its route " + route.name() + " was removed under way: " + reason);
            };
        }

        @Override
        public void abandon() {
            conversation.abandon();
        }

        /** A partner's AAA must not make its peers somebody else's: addresses and rules go by the name it tells. */
        private AaaReply inItsRealms(AaaReply reply) {
            if (!(reply instanceof AaaReply.Accept accept)
                    || accept.grant().profile().route().equals(AaaProfile.EMBEDDED)) {
                return reply;
            }
            String identity = accept.grant().identity();
            Optional<String> objection = routes.get().objectionTo(identity, route);
            if (objection.isEmpty()) {
                return reply;
            }
            accept.msk().ifPresent(Secret::close);
            return new AaaReply.Reject(
                    Optional.empty(),
                    "the AAA of route " + route.name() + " says that the peer is '" + identity + "': " + objection.get()
                            + "; expected a User-Name of its own in its Access-Accept");
        }

        private CompletionStage<AaaReply> end(String reason) {
            conversation.abandon();
            return new RefusedConversation(Optional.empty(), reason).begin();
        }
    }
}
