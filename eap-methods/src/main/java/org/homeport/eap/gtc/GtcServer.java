package org.homeport.eap.gtc;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** The server side of EAP-GTC: one question, one password. */
public final class GtcServer implements ServerMethod {
    public static final String NAME = "GTC";

    private static final Octets QUESTION = Octets.utf8("Password: ");

    private final PasswordCheck check;
    private State state = State.FRESH;

    private enum State {
        FRESH,
        ASKED,
        OVER
    }

    public GtcServer(PasswordCheck check) {
        this.check = check;
    }

    @Override
    public EapType type() {
        return EapType.GTC;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ServerStep begin(int identifier) {
        state = State.ASKED;
        return new ServerStep.Ask(QUESTION);
    }

    @Override
    public ServerStep respond(Octets typeData, int nextIdentifier) {
        if (state != State.ASKED) {
            return new ServerStep.Ignored("GTC is over");
        }
        state = State.OVER;
        if (typeData.length() > PasswordCheck.MAX_PASSWORD) {
            return new ServerStep.Failed("a password of " + typeData.length() + " octets");
        }
        PasswordCheck.Verdict verdict;
        try (Secret password = Secret.copyOf(typeData)) {
            verdict = check.check(password);
        }
        return verdict.objection()
                .<ServerStep>map(ServerStep.Failed::new)
                .orElseGet(() -> new ServerStep.Done(
                        new MethodResult(NAME, Optional.of(verdict.identity()), Optional.empty(), Optional.empty())));
    }
}
