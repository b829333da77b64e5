package org.homeport.eap.md5;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** The server side of MD5-Challenge: one question, one answer. */
public final class Md5Server implements ServerMethod {
    public static final String NAME = "MD5";

    private final Account account;
    private final Octets serverName;
    private final RandomSource random;
    private Optional<Asked> asked = Optional.empty();

    private record Asked(int identifier, Octets challenge) {}

    /**
     * Who has to answer: MD5-Challenge has no name of its own, so it is decided before.
     *
     * @param identity by which the user is known from here on
     * @param objection why this attempt cannot succeed, whatever the peer answers: for the operator
     */
    public record Account(String identity, Secret password, Optional<String> objection) {}

    public Md5Server(Account account, String serverName, RandomSource random) {
        this.account = account;
        this.serverName = Octets.utf8(serverName);
        this.random = random;
    }

    @Override
    public EapType type() {
        return EapType.MD5_CHALLENGE;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ServerStep begin(int identifier) {
        Octets challenge = random.octets(16);
        asked = Optional.of(new Asked(identifier, challenge));
        return new ServerStep.Ask(Md5Codec.encode(new Md5Codec.Chap(challenge, serverName)));
    }

    @Override
    public ServerStep respond(Octets typeData, int nextIdentifier) {
        if (asked.isEmpty()) {
            return new ServerStep.Ignored("MD5-Challenge is over");
        }
        Asked question = asked.get();
        asked = Optional.empty();
        Octets answer;
        try {
            answer = Md5Codec.decode(typeData).value();
        } catch (WireException e) {
            return new ServerStep.Failed("malformed MD5 response: " + e.getMessage());
        }
        Octets expected = Md5Codec.hash(question.identifier(), account.password(), question.challenge());
        boolean proved = expected.equalsConstantTime(answer);
        if (proved && account.objection().isEmpty()) {
            return new ServerStep.Done(
                    new MethodResult(NAME, Optional.of(account.identity()), Optional.empty(), Optional.empty()));
        }
        return new ServerStep.Failed(account.objection().orElse("wrong password for '" + account.identity() + "'"));
    }
}
