package org.homeport.testbeds.radius;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** What is told when the genuine answer is there: datagrams in their order, the genuine one among them or not. */
enum Lie {
    // Told before the genuine answer: nobody must believe them, and everybody goes on with that.
    NO_MESSAGE_AUTHENTICATOR(
            "an acceptance without Message-Authenticator, its header right (CVE-2024-3596)",
            it -> before(it, it.forger().unsigned(it.request(), RadiusCode.ACCESS_ACCEPT, it.acceptance()))),
    WRONG_MESSAGE_AUTHENTICATOR(
            "an acceptance with a wrong Message-Authenticator, its header right",
            it -> before(
                    it,
                    it.forger()
                            .sealed(
                                    it.request(),
                                    RadiusCode.ACCESS_ACCEPT.number(),
                                    it.request().identifier(),
                                    Forger.MESSAGE_AUTHENTICATOR
                                            .plus(it.random().octets(16))
                                            .plus(Forger.raw(it.acceptance()))))),
    HIDDEN_MESSAGE_AUTHENTICATOR(
            "an acceptance whose right Message-Authenticator stands inside a Proxy-State",
            it -> before(it, hiddenMessageAuthenticator(it))),
    TWO_MESSAGE_AUTHENTICATORS(
            "an acceptance with two of them, the first one right",
            it -> before(
                    it,
                    it.forger()
                            .authentic(
                                    it.request(),
                                    RadiusCode.ACCESS_ACCEPT,
                                    it.request().identifier(),
                                    Forger.MESSAGE_AUTHENTICATOR
                                            .plus(Octets.zeros(16))
                                            .plus(Forger.MESSAGE_AUTHENTICATOR)
                                            .plus(Octets.zeros(16))
                                            .plus(Forger.raw(it.acceptance()))))),
    WRONG_RESPONSE_AUTHENTICATOR(
            "an acceptance with a right Message-Authenticator and a wrong authenticator in its header",
            it -> before(it, Forger.flipped(acceptance(it), 7))),
    WRONG_IDENTIFIER(
            "an acceptance that answers another request",
            it -> before(
                    it,
                    it.forger()
                            .authentic(
                                    it.request(),
                                    RadiusCode.ACCESS_ACCEPT,
                                    it.request().identifier() + 1 & 0xff,
                                    Forger.MESSAGE_AUTHENTICATOR
                                            .plus(Octets.zeros(16))
                                            .plus(Forger.raw(it.acceptance()))))),
    WRONG_SECRET(
            "an acceptance made with another secret",
            it -> before(
                    it,
                    new Forger(Secret.utf8("another secret"))
                            .authentic(it.request(), RadiusCode.ACCESS_ACCEPT, it.acceptance()))),
    ZERO_LENGTH_ATTRIBUTE(
            "an acceptance with an attribute of length 0",
            it -> before(it, malformed(it, Octets.of(AttributeType.REPLY_MESSAGE, 0)))),
    OVERLONG_ATTRIBUTE(
            "an acceptance with an attribute that ends behind the packet",
            it -> before(it, malformed(it, Octets.of(AttributeType.REPLY_MESSAGE, 200, 1)))),
    TRUNCATED(
            "the genuine answer cut off",
            it -> before(it, it.datagram().slice(0, it.datagram().length() - 3))),
    HUGE(
            "an acceptance of 4,096 octets without Message-Authenticator",
            it -> before(
                    it,
                    it.forger()
                            .sealed(
                                    it.request(),
                                    RadiusCode.ACCESS_ACCEPT.number(),
                                    it.request().identifier(),
                                    padded(Forger.raw(it.acceptance()), 4096 - 20)))),
    OVERSIZED(
            "an acceptance of 5,000 octets, more than RADIUS has",
            it -> before(
                    it,
                    it.forger()
                            .authentic(
                                    it.request(),
                                    RadiusCode.ACCESS_ACCEPT,
                                    it.request().identifier(),
                                    padded(
                                            Forger.MESSAGE_AUTHENTICATOR
                                                    .plus(Octets.zeros(16))
                                                    .plus(Forger.raw(it.acceptance())),
                                            5000 - 20)))),
    UNKNOWN_CODE(
            "an answer of code 200",
            it -> before(
                    it, it.forger().sealed(it.request(), 200, it.request().identifier(), Forger.raw(it.acceptance())))),
    REPLAY("the answer before this one again", it -> {
        List<Octets> all = new ArrayList<>(it.before().stream().toList());
        all.add(it.datagram());
        return all;
    }),
    GARBAGE("random octets", it -> before(it, it.random().octets(100))),
    FLOOD("a hundred acceptances without Message-Authenticator", it -> {
        List<Octets> all = new ArrayList<>(Collections.nCopies(
                100, it.forger().unsigned(it.request(), RadiusCode.ACCESS_ACCEPT, it.acceptance())));
        all.add(it.datagram());
        return all;
    }),

    // The genuine answer, otherwise than it was: as good as before.
    LAST_MESSAGE_AUTHENTICATOR(
            "the genuine answer, its Message-Authenticator behind all else",
            it -> instead(lastMessageAuthenticator(it))),
    HUGE_GENUINE(
            "the genuine answer, filled up to 4,096 octets",
            it -> instead(it.forger()
                    .authentic(
                            it.request(),
                            it.answer().code(),
                            it.request().identifier(),
                            padded(
                                    Forger.MESSAGE_AUTHENTICATOR
                                            .plus(Octets.zeros(16))
                                            .plus(Forger.raw(it.without())),
                                    4096 - 20)))),
    TWICE("the genuine answer twice", it -> List.of(it.datagram(), it.datagram())),

    // Authentic answers of a server that is mistaken: whoever gets one is not let in.
    ACCEPT_AT_ONCE(
            "an authentic acceptance of a bare identity, before any method",
            it -> instead(it.isBeginning() ? acceptance(it) : it.datagram())),
    ACCEPT_FOR_REJECT(
            "an authentic acceptance, with keys, where the server rejects",
            it -> instead(it.is(RadiusCode.ACCESS_REJECT) ? acceptance(it) : it.datagram())),
    REJECT_THEN_ACCEPT(
            "where the server decides: an authentic reject, then an authentic acceptance",
            it -> it.is(RadiusCode.ACCESS_CHALLENGE)
                    ? instead(it.datagram())
                    : List.of(
                            it.forger()
                                    .authentic(
                                            it.request(),
                                            RadiusCode.ACCESS_REJECT,
                                            Overheard.failure(it.responseIdentifier())),
                            acceptance(it))),
    ACCEPT_WITHOUT_EAP("the acceptance without EAP-Message", it -> accept(it, it.without(AttributeType.EAP_MESSAGE))),
    ACCEPT_WITH_FAILURE("the acceptance with EAP-Failure inside", it -> {
        List<RadiusAttribute> all = new ArrayList<>(it.without(AttributeType.EAP_MESSAGE));
        all.addAll(Overheard.failure(it.responseIdentifier()));
        return accept(it, all);
    }),
    ACCEPT_WITH_OTHER_IDENTIFIER("the acceptance with an EAP-Success that answers nothing", it -> {
        List<RadiusAttribute> all = new ArrayList<>(it.without(AttributeType.EAP_MESSAGE));
        all.addAll(Overheard.success(it.responseIdentifier() + 1 & 0xff));
        return accept(it, all);
    }),
    ACCEPT_WITHOUT_KEYS(
            "the acceptance without MS-MPPE keys", it -> accept(it, it.without(AttributeType.VENDOR_SPECIFIC))),
    ACCEPT_WITH_WRONG_KEYS("the acceptance with other keys than the method's", it -> {
        List<RadiusAttribute> all = new ArrayList<>(it.without(AttributeType.VENDOR_SPECIFIC));
        all.addAll(it.acceptance().stream()
                .filter(attribute -> attribute.type() == AttributeType.VENDOR_SPECIFIC)
                .toList());
        return accept(it, all);
    }),
    ACCEPT_WITH_BAD_TIMEOUT(
            "the acceptance with a Session-Timeout of three octets",
            it -> accept(it, it.with(List.of(new RadiusAttribute(AttributeType.SESSION_TIMEOUT, Octets.of(0, 0, 9)))))),
    CHALLENGE_WITHOUT_EAP("challenges without EAP-Message", it -> challenge(it, it.without(AttributeType.EAP_MESSAGE))),
    CHALLENGE_WITH_SUCCESS("challenges with EAP-Success inside", it -> {
        List<RadiusAttribute> all = new ArrayList<>(it.without(AttributeType.EAP_MESSAGE));
        all.addAll(Overheard.success(it.responseIdentifier()));
        return challenge(it, all);
    }),
    STALE_STATE("challenges with the first State ever given instead of their own", it -> {
        List<RadiusAttribute> all = new ArrayList<>(it.without(AttributeType.STATE));
        it.firstState().ifPresent(state -> all.add(new RadiusAttribute(AttributeType.STATE, state)));
        return challenge(it, all);
    }),
    TWO_STATES(
            "challenges with a second State",
            it -> challenge(it, it.with(List.of(new RadiusAttribute(AttributeType.STATE, Octets.of(1, 2, 3)))))),
    EMPTY_EAP_MESSAGE("challenges with an EAP-Message of no octets", it -> {
        List<RadiusAttribute> all = new ArrayList<>(it.without(AttributeType.EAP_MESSAGE));
        all.add(new RadiusAttribute(AttributeType.EAP_MESSAGE, Octets.EMPTY));
        return challenge(it, all);
    }),
    SILENCE("nothing", it -> List.of()),
    TRUTH("the genuine answers: no lie", it -> instead(it.datagram()));

    private final String words;
    private final Telling telling;

    /** How it is told. */
    @FunctionalInterface
    private interface Telling {
        List<Octets> datagrams(Overheard exchange);
    }

    Lie(String words, Telling telling) {
        this.words = words;
        this.telling = telling;
    }

    /** What goes to the client. */
    List<Octets> told(Overheard exchange) {
        return telling.datagrams(exchange);
    }

    String words() {
        return words;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Octets> before(Overheard it, Octets lie) {
        return List.of(lie, it.datagram());
    }

    private static List<Octets> instead(Octets lie) {
        return List.of(lie);
    }

    private static List<Octets> accept(Overheard it, List<RadiusAttribute> attributes) {
        return changed(it, RadiusCode.ACCESS_ACCEPT, attributes);
    }

    private static List<Octets> challenge(Overheard it, List<RadiusAttribute> attributes) {
        return changed(it, RadiusCode.ACCESS_CHALLENGE, attributes);
    }

    private static List<Octets> changed(Overheard it, RadiusCode code, List<RadiusAttribute> attributes) {
        return instead(it.is(code) ? it.forger().authentic(it.request(), code, attributes) : it.datagram());
    }

    private static Octets acceptance(Overheard it) {
        return it.forger().authentic(it.request(), RadiusCode.ACCESS_ACCEPT, it.acceptance());
    }

    private static Octets malformed(Overheard it, Octets attribute) {
        return it.forger()
                .authentic(
                        it.request(),
                        RadiusCode.ACCESS_ACCEPT,
                        it.request().identifier(),
                        Forger.MESSAGE_AUTHENTICATOR
                                .plus(Octets.zeros(16))
                                .plus(Forger.raw(it.acceptance()))
                                .plus(attribute));
    }

    private static Octets hiddenMessageAuthenticator(Overheard it) {
        Octets raw = Octets.of(AttributeType.PROXY_STATE, 20)
                .plus(Forger.MESSAGE_AUTHENTICATOR)
                .plus(Octets.zeros(16))
                .plus(Forger.raw(it.acceptance()));
        int identifier = it.request().identifier();
        return it.forger()
                .sealed(
                        it.request(),
                        RadiusCode.ACCESS_ACCEPT.number(),
                        identifier,
                        it.forger().withMac(it.request(), RadiusCode.ACCESS_ACCEPT, identifier, raw, 4));
    }

    private static Octets lastMessageAuthenticator(Overheard it) {
        Octets genuine = Forger.raw(it.without());
        Octets raw = genuine.plus(Forger.MESSAGE_AUTHENTICATOR).plus(Octets.zeros(16));
        RadiusCode code = it.answer().code();
        int identifier = it.request().identifier();
        return it.forger()
                .sealed(
                        it.request(),
                        code.number(),
                        identifier,
                        it.forger().withMac(it.request(), code, identifier, raw, genuine.length() + 2));
    }

    /** @param octets of all attributes afterwards; at least two more than there are */
    private static Octets padded(Octets raw, int octets) {
        Octets all = raw;
        while (all.length() < octets) {
            int missing = octets - all.length();
            // Never one octet alone is left over: no attribute has that length.
            int next = missing <= 255 ? missing : Math.min(255, missing - 3);
            all = all.plus(Octets.of(AttributeType.PROXY_STATE, next)).plus(Octets.zeros(next - 2));
        }
        return all;
    }
}
