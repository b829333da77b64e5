package org.homeport.aaa.route;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.eap.Nai;
import org.homeport.kit.WireException;

/** Asks the AAA of a peer's realm what it may have. As with EAP, an AAA answers for its own realms only. */
public final class RealmAuthorizer implements AaaAuthorizer {
    private final Supplier<Table> table;

    /**
     * Who is asked.
     *
     * @param byRoute by the names of routes
     */
    public record Table(RealmRoutes routes, Map<String, AaaAuthorizer> byRoute) {
        public Table {
            byRoute = Map.copyOf(byRoute);
        }
    }

    /** @param table asked for every peer: returns at once */
    public RealmAuthorizer(Supplier<Table> table) {
        this.table = table;
    }

    @Override
    public CompletionStage<Answer> authorize(Question question) {
        Table current = table.get();
        Optional<Nai> name;
        try {
            name = question.identity().userName();
        } catch (WireException e) {
            return refused("identity refused: " + e.getMessage());
        }
        return switch (current.routes().choose(name)) {
            case RouteChoice.Nowhere(String reason) -> refused(reason);
            case RouteChoice.Found(RealmRoute.Served route, Optional<Nai> undone) ->
                Optional.ofNullable(current.byRoute().get(route.name()))
                        .map(authorizer -> authorizer
                                .authorize(undone.map(nai -> as(question, nai)).orElse(question))
                                .thenApply(answer -> inItsRealms(answer, route)))
                        .orElseGet(() -> refused("route " + route.name() + " authorizes nobody without EAP"));
        };
    }

    private static Question as(Question question, Nai name) {
        return new Question(
                question.conversation(), ClaimedIdentity.nai(name.text()), question.method(), question.careOf());
    }

    /** The table as it is when the answer comes: a realm that has changed hands meanwhile is not the old one's. */
    private Answer inItsRealms(Answer answer, RealmRoute.Served route) {
        if (!(answer instanceof Answer.Granted granted)
                || granted.grant().profile().route().equals(AaaProfile.EMBEDDED)) {
            return answer;
        }
        String identity = granted.grant().identity();
        return table.get()
                .routes()
                .objectionTo(identity, route)
                .<Answer>map(objection ->
                        new Answer.Refused("the AAA of route " + route.name() + " says that the peer is '" + identity
                                + "': " + objection + "; expected a User-Name of its own in its Access-Accept"))
                .orElse(answer);
    }

    private static CompletionStage<Answer> refused(String reason) {
        return CompletableFuture.completedStage(new Answer.Refused(reason));
    }
}
