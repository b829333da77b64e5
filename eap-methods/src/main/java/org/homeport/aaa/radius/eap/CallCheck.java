package org.homeport.aaa.radius.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.radius.AccessExchange;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.eap.Nai;
import org.homeport.kit.WireException;

/**
 * Asks RADIUS servers about peers that have proved themselves without them. Service-Type Authorize-Only needs a State
 * that only an earlier answer gives; Call Check is the one question without password and without State
 * (RFC 5080 section 2.1.1).
 */
public final class CallCheck implements AaaAuthorizer {
    private final Supplier<AccessExchange> exchanges;
    private final AccessAttributes attributes;
    private final GrantReader grants;

    /** @param exchanges one for each question */
    public CallCheck(RadiusBackend.Settings settings, Supplier<AccessExchange> exchanges, AccountingIds sessions) {
        this.exchanges = exchanges;
        this.attributes = new AccessAttributes(settings.nas(), sessions);
        this.grants = new GrantReader(settings.route(), Set.of(GrantReader.FRAMED, GrantReader.CALL_CHECK));
    }

    @Override
    public CompletionStage<Answer> authorize(Question question) {
        Optional<Nai> name;
        try {
            name = question.identity().userName();
        } catch (WireException e) {
            return CompletableFuture.completedStage(new Answer.Refused("identity refused: " + e.getMessage()));
        }
        if (name.isEmpty()) {
            return CompletableFuture.completedStage(new Answer.Refused("the identity proved by " + question.method()
                    + " is no user name (" + question.identity().data() + "), and RADIUS needs one"));
        }
        String userName = name.get().text();
        List<RadiusAttribute> request = new ArrayList<>();
        request.add(RadiusAttribute.text(AttributeType.USER_NAME, userName));
        request.addAll(attributes.callCheck(question.conversation(), question.careOf()));
        return exchanges
                .get()
                .ask(request)
                .thenApply(outcome -> read(outcome, userName))
                .exceptionally(problem -> new Answer.Unavailable("internal error of the Call Check: " + problem));
    }

    private Answer read(AccessExchange.Outcome outcome, String userName) {
        return switch (outcome) {
            case AccessExchange.Outcome.NoAnswer(String reason) -> new Answer.Unavailable(reason);
            case AccessExchange.Outcome.Answered(ServerAnswer answer) ->
                switch (answer.packet().code()) {
                    case ACCESS_ACCEPT -> accept(answer, userName);
                    case ACCESS_REJECT -> new Answer.Refused(Rejections.reason(answer, userName));
                    // "As though it had received an Access-Reject" (RFC 2865 section 4.4).
                    case ACCESS_CHALLENGE ->
                        new Answer.Refused(answer.server() + " challenges '" + userName
                                + "', which has nothing to answer with: expected Access-Accept or Access-Reject to a Call"
                                + " Check");
                    default ->
                        new Answer.Refused(answer.server() + " answers with "
                                + answer.packet().code());
                };
        };
    }

    private Answer accept(ServerAnswer answer, String userName) {
        return switch (grants.read(answer.packet().attributes(), userName)) {
            case GrantReader.Reading.Granted granted ->
                new Answer.Granted(
                        granted.grant(),
                        granted.warnings().isEmpty()
                                ? Optional.empty()
                                : Optional.of(String.join("; ", granted.warnings())));
            case GrantReader.Reading.Refused(String reason) -> new Answer.Refused(reason);
        };
    }
}
