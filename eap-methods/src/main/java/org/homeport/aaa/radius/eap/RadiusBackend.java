package org.homeport.aaa.radius.eap;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.homeport.aaa.AaaBackend;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.AskingConversation;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.RefusedConversation;
import org.homeport.aaa.radius.AccessExchange;
import org.homeport.aaa.route.Realm;
import org.homeport.eap.EapLimits;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Nai;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * RADIUS servers that speak EAP with the peer, and we pass it through (RFC 3579). One per route. Nothing the peer sends
 * is looked into but the identity, which names the user to proxies, and the methods' types, for audit and policy.
 */
public final class RadiusBackend implements AaaBackend {
    private final Supplier<AccessExchange> exchanges;
    private final AccessAttributes attributes;
    private final EapLimits limits;
    private final Set<Realm> own;
    private final AcceptReader accepts;
    private final ConflictCounts conflicts;
    private final RandomSource random;

    /** @param exchanges one for each conversation */
    public RadiusBackend(
            Settings settings,
            Supplier<AccessExchange> exchanges,
            AccountingIds sessions,
            ConflictCounts conflicts,
            RandomSource random) {
        this.exchanges = exchanges;
        this.attributes = new AccessAttributes(settings.nas(), sessions);
        this.limits = settings.limits();
        this.own = settings.own();
        this.accepts = new AcceptReader(
                new GrantReader(settings.route(), Set.of(GrantReader.FRAMED)), settings.outerIdentity());
        this.conflicts = conflicts;
        this.random = random;
    }

    /**
     * What a route has of its own.
     *
     * @param route its name, under which accounting finds the servers again
     * @param own the realms that we are: names that peers decorate with them are undone (RFC 7542 section 3.3.1)
     */
    public record Settings(
            String route, NasSettings nas, EapLimits limits, Set<Realm> own, OuterIdentity outerIdentity) {
        public Settings {
            own = Set.copyOf(own);
        }

        /** No realm is ours, and identities that nobody proved are refused. */
        public Settings(String route, NasSettings nas, EapLimits limits) {
            this(route, nas, limits, Set.of(), OuterIdentity.REFUSE);
        }
    }

    @Override
    public AaaConversation open(AaaOpening opening) {
        if (opening.question() == IdentityQuestion.ASK) {
            return new AskingConversation(opening, random, this::open);
        }
        Optional<Nai> userName;
        try {
            userName = opening.claimed().userName();
        } catch (WireException e) {
            return RefusedConversation.of(opening, "identity refused: " + e.getMessage());
        }
        if (userName.isEmpty()) {
            return RefusedConversation.of(opening, nameless(opening.claimed()));
        }
        PassThrough passThrough = new PassThrough(
                userName.get(),
                opening.answered().orElseGet(() -> random.below(256)),
                attributes.eap(opening.conversation(), opening.careOf()),
                limits,
                own,
                accepts,
                conflicts);
        return new RadiusConversation(opening.conversation(), passThrough, exchanges.get());
    }

    static String nameless(ClaimedIdentity claimed) {
        return switch (claimed.kind()) {
            case NAI, FQDN -> "the peer says no name, and RADIUS needs a User-Name";
            case ADDRESS ->
                "the peer calls itself by the address " + claimed.data().utf8()
                        + ", from which no User-Name for RADIUS can be made: eap.identity 'ask' of its connection makes it"
                        + " tell one";
            case OPAQUE ->
                "the peer's identity is no user name (" + claimed.data()
                        + "), and RADIUS needs one: eap.identity 'ask' of its connection makes it tell one";
        };
    }
}
