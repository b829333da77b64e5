package org.homeport.daemon;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.authorize.ServiceSubject;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.AuthorizationQuestion.Outcome;
import org.homeport.core.port.AuthorizationPort;
import org.homeport.daemon.Grants.Granted;
import org.homeport.daemon.Grants.Proof;

/**
 * Peers that proved themselves to us: what they may have is for AAA to say where their connection has it so, and for the
 * rules of this configuration alone otherwise.
 *
 * @param byConnection who is asked for the peers of a connection, by its name
 */
record AuthorizationAdaptor(Map<String, AaaAuthorizer> byConnection, GrantDesk desk) implements AuthorizationPort {
    /** In the log, in place of an AAA's route. */
    private static final String OURSELVES = "configuration";

    /** How a peer proved itself, in the words of rules and audit; apart from EAP's methods, one of which is PSK. */
    private static final Map<String, String> METHODS = Map.of("certificate", "CERTIFICATE", "PSK", "SHARED-KEY");

    AuthorizationAdaptor {
        byConnection = Map.copyOf(byConnection);
    }

    @Override
    public void authorize(String session, AuthorizationQuestion question, Consumer<Outcome> answer) {
        String method = METHODS.getOrDefault(question.how(), question.how());
        Optional.ofNullable(byConnection.get(question.connection()))
                .ifPresentOrElse(
                        authorizer -> ask(authorizer, session, question, method, answer),
                        () -> answer.accept(ourselves(session, question, method)));
    }

    private void ask(
            AaaAuthorizer authorizer,
            String session,
            AuthorizationQuestion question,
            String method,
            Consumer<Outcome> answer) {
        desk.grants().expect(session);
        authorizer
                .authorize(new AaaAuthorizer.Question(
                        session,
                        GrantDesk.claimed(question.identity()),
                        method,
                        Optional.of(question.careOf().toString())))
                .whenComplete((said, failed) -> answer.accept(
                        said != null
                                ? outcome(session, said, method, question.connection())
                                : new Outcome.Unavailable(String.valueOf(failed))));
    }

    private Outcome outcome(String session, AaaAuthorizer.Answer said, String method, String connection) {
        return switch (said) {
            case AaaAuthorizer.Answer.Granted(var grant, var remark) ->
                new Outcome.Granted(desk.accept(session, new Granted(grant, method, Proof.BY_US, connection), remark));
            case AaaAuthorizer.Answer.Refused(String reason) -> new Outcome.Refused(reason);
            case AaaAuthorizer.Answer.Unavailable(String reason) -> new Outcome.Unavailable(reason);
        };
    }

    private Outcome ourselves(String session, AuthorizationQuestion question, String method) {
        String identity = question.identity().toString();
        ServiceSubject subject = new ServiceSubject(
                identity, method, List.of(), OptionalLong.empty(), Optional.of(question.connection()));
        return new Outcome.Granted(new Authorization(
                identity,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                desk.decide(session, subject, OURSELVES).refusal()));
    }
}
