package org.homeport.core.port;

import java.util.function.Consumer;
import org.homeport.core.auth.AuthorizationQuestion;

/** Whoever says what peers may have that proved themselves by certificate or pre-shared key. */
@FunctionalInterface
public interface AuthorizationPort {
    /** For those that know no such peers. */
    AuthorizationPort NOBODY = (session, question, answer) ->
            answer.accept(new AuthorizationQuestion.Outcome.Unavailable("nobody is there to authorize peers"));

    /**
     * Asks for a session, once at most. Returns at once; the answer comes exactly once, on any thread.
     *
     * @param session correlation id
     */
    void authorize(String session, AuthorizationQuestion question, Consumer<AuthorizationQuestion.Outcome> answer);
}
