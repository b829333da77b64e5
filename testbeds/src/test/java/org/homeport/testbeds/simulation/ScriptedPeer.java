package org.homeport.testbeds.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.IkeKeySet;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.exchange.Suites;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.protection.MessageProtection;
import org.homeport.core.protection.Unsealed;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Role;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.homeport.kit.WireWriter;

/**
 * A peer without a will of its own: it can say anything, in any order, rightly sealed or not. Built of the codec and the
 * key schedule, with no session in it.
 */
final class ScriptedPeer {
    static final Crypto CRYPTO = new HomeportCrypto(LegacyAlgorithms.REFUSE);

    private final Role role;
    private final RandomSource random;
    final Proposal proposal;
    final IkeSuite suite;
    final KeyAgreement agreement;
    final Octets nonce;
    long spiInitiator;
    long spiResponder;
    Octets ni = Octets.EMPTY;
    Octets nr = Octets.EMPTY;
    Octets initRequest = Octets.EMPTY;
    Octets initResponse = Octets.EMPTY;
    /** Of the next request. */
    long nextId;

    private Optional<Keys> keys = Optional.empty();

    private record Keys(IkeKeySet set, MessageProtection messages) {}

    ScriptedPeer(Role role, RandomSource random, String ike) {
        this.role = role;
        this.random = random;
        this.proposal = ProposalParser.ike(ike);
        this.suite = Suites.ike(proposal);
        this.agreement = CRYPTO.keyAgreement(suite.group(), random);
        this.nonce = random.octets(32);
        long spi = random.bits64() | 1;
        if (role == Role.INITIATOR) {
            spiInitiator = spi;
        } else {
            spiResponder = spi;
        }
    }

    // IKE_SA_INIT

    Payload.SecurityAssociation offer() {
        return new Payload.SecurityAssociation(List.of(proposal));
    }

    Payload.KeyExchange publicValue() {
        return new Payload.KeyExchange(suite.group(), agreement.publicValue());
    }

    List<Payload> initPayloads() {
        return List.of(
                offer(),
                publicValue(),
                new Payload.Nonce(nonce),
                Payload.Notify.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
    }

    Octets init() {
        return init(initPayloads());
    }

    /** As initiator: the request that AUTH will cover, if it is the last one made. */
    Octets init(List<Payload> payloads) {
        initRequest = clear(ExchangeType.IKE_SA_INIT, 0, 0, payloads);
        nextId = 1;
        return initRequest;
    }

    /** As initiator: takes the responder's half. */
    void initAnswered(Octets response) {
        IkeMessage message = decoded(response);
        spiResponder = message.header().spiResponder();
        initResponse = response;
        ni = nonce;
        nr = nonce(message);
        derive(message);
    }

    /** As responder: takes the initiator's half and answers. */
    Octets answerInit(Octets request) {
        return answerInit(request, initPayloads());
    }

    Octets answerInit(Octets request, List<Payload> payloads) {
        IkeMessage message = decoded(request);
        spiInitiator = message.header().spiInitiator();
        initRequest = request;
        initResponse = clear(ExchangeType.IKE_SA_INIT, IkeHeader.RESPONSE, 0, payloads);
        ni = nonce(message);
        nr = nonce;
        derive(message);
        return initResponse;
    }

    private static Octets nonce(IkeMessage message) {
        return Payload.first(message.payloads(), Payload.Nonce.class)
                .map(Payload.Nonce::data)
                .orElseThrow(() -> new AssertionError("no nonce in " + message.payloads()));
    }

    private void derive(IkeMessage message) {
        Payload.KeyExchange theirs =
                Payload.first(message.payloads(), Payload.KeyExchange.class).orElseThrow();
        use(KeySchedule.initial(CRYPTO, suite, ni, nr, agreed(theirs.data()), spiInitiator, spiResponder));
    }

    Secret agreed(Octets theirs) {
        try {
            return agreement.agree(theirs);
        } catch (InvalidPublicValueException e) {
            throw new AssertionError(e);
        }
    }

    private void use(IkeKeySet set) {
        MessageCipher byInitiator =
                CRYPTO.cipher(suite.encryption(), suite.keyBits(), suite.integrity(), set.skEi(), set.skAi());
        MessageCipher byResponder =
                CRYPTO.cipher(suite.encryption(), suite.keyBits(), suite.integrity(), set.skEr(), set.skAr());
        keys = Optional.of(new Keys(
                set,
                role == Role.INITIATOR
                        ? new MessageProtection(byInitiator, byResponder, random)
                        : new MessageProtection(byResponder, byInitiator, random)));
    }

    // Messages

    Octets clear(ExchangeType exchange, int flags, long id, List<Payload> payloads) {
        return MessageEncoder.encode(header(exchange, flags, id), payloads);
    }

    IkeHeader header(ExchangeType exchange, int flags, long id) {
        int ours = role == Role.INITIATOR ? IkeHeader.INITIATOR : 0;
        return IkeHeader.of(spiInitiator, spiResponder, exchange, flags | ours, id);
    }

    /** The next request. */
    Octets request(ExchangeType exchange, Payload... payloads) {
        return request(exchange, List.of(payloads));
    }

    Octets request(ExchangeType exchange, List<Payload> payloads) {
        return sealed(exchange, 0, nextId++, payloads);
    }

    Octets response(Octets request, Payload... payloads) {
        return response(request, List.of(payloads));
    }

    Octets response(Octets request, List<Payload> payloads) {
        IkeHeader asked = decoded(request).header();
        return sealed(asked.exchange(), IkeHeader.RESPONSE, asked.messageId(), payloads);
    }

    Octets sealed(ExchangeType exchange, int flags, long id, List<Payload> payloads) {
        return messages()
                .seal(header(exchange, flags, id), payloads, OptionalInt.empty())
                .getFirst();
    }

    /** The next request, in pieces. */
    List<Octets> fragments(ExchangeType exchange, int octets, List<Payload> payloads) {
        return messages().seal(header(exchange, 0, nextId++), payloads, OptionalInt.of(octets));
    }

    private MessageProtection messages() {
        return keys.orElseThrow().messages();
    }

    /** What a message of the other side, in one piece, says. */
    List<Payload> open(Octets datagram) {
        try {
            return messages()
                    .open(datagram, MessageDecoder.decode(datagram))
                    .filter(Unsealed.Whole.class::isInstance)
                    .map(unsealed -> ((Unsealed.Whole) unsealed).payloads())
                    .orElseThrow(() -> new AssertionError("cannot be opened: " + datagram));
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    static IkeMessage decoded(Octets datagram) {
        try {
            return MessageDecoder.decode(datagram);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    /** The message with its last octet, a part of the ICV, changed. */
    static Octets forged(Octets message) {
        byte[] bytes = message.toByteArray();
        bytes[bytes.length - 1] ^= 1;
        return Octets.wrap(bytes);
    }

    // IKE_AUTH

    Payload.Identification id(String name) {
        PeerIdentity id = PeerIdentity.parse(name);
        return Payload.Identification.of(
                role == Role.INITIATOR ? PayloadType.IDI : PayloadType.IDR, id.type(), id.data());
    }

    /** AUTH by a shared key: PSK, or MSK. */
    Payload.Authentication auth(Secret key, Payload.Identification own) {
        return new Payload.Authentication(
                AuthMethod.SHARED_KEY, KeySchedule.sharedKeyAuth(CRYPTO, suite.prf(), key, signedOctets(own)));
    }

    /** What the agent's AUTH has to be, whichever side we are. */
    Payload.Authentication responderAuth(Secret key) {
        PeerIdentity id = PeerIdentity.parse(SampleConnections.AGENT_NAME);
        Octets body =
                Payload.Identification.of(PayloadType.IDR, id.type(), id.data()).body();
        return new Payload.Authentication(
                AuthMethod.SHARED_KEY,
                KeySchedule.sharedKeyAuth(
                        CRYPTO,
                        suite.prf(),
                        key,
                        KeySchedule.signedOctets(CRYPTO, suite.prf(), initResponse, ni, skPr(), body)));
    }

    /** What the node's AUTH has to be, whichever side we are. */
    Payload.Authentication initiatorAuth(Secret key, Payload.Identification idi) {
        return new Payload.Authentication(
                AuthMethod.SHARED_KEY,
                KeySchedule.sharedKeyAuth(
                        CRYPTO,
                        suite.prf(),
                        key,
                        KeySchedule.signedOctets(CRYPTO, suite.prf(), initRequest, nr, skPi(), idi.body())));
    }

    private Octets signedOctets(Payload.Identification own) {
        return role == Role.INITIATOR
                ? KeySchedule.signedOctets(CRYPTO, suite.prf(), initRequest, nr, skPi(), own.body())
                : KeySchedule.signedOctets(CRYPTO, suite.prf(), initResponse, ni, skPr(), own.body());
    }

    Secret skPi() {
        return keys.orElseThrow().set().skPi();
    }

    Secret skPr() {
        return keys.orElseThrow().set().skPr();
    }

    // Children

    static Payload.SecurityAssociation esp(String proposal, int spi) {
        return new Payload.SecurityAssociation(List.of(espProposal(proposal, spi)));
    }

    static Proposal espProposal(String text, int spi) {
        Proposal parsed = ProposalParser.esp(text);
        return new Proposal(1, ProtocolId.ESP, spi(spi), parsed.transforms());
    }

    static Octets spi(int spi) {
        return new WireWriter().u32(Integer.toUnsignedLong(spi)).toOctets();
    }

    static Payload.TrafficSelectors initiatorSelectors(TrafficSelector... selectors) {
        return new Payload.TrafficSelectors(PayloadType.TSI, List.of(selectors));
    }

    static Payload.TrafficSelectors responderSelectors(TrafficSelector... selectors) {
        return new Payload.TrafficSelectors(PayloadType.TSR, List.of(selectors));
    }

    /** SA, TSi and TSr for a child between everything and everything. */
    static List<Payload> child(int spi) {
        return List.of(
                esp(SampleConnections.ESP, spi),
                initiatorSelectors(SampleConnections.EVERYTHING),
                responderSelectors(SampleConnections.EVERYTHING));
    }

    static List<Payload> with(List<Payload> payloads, Payload... more) {
        List<Payload> all = new ArrayList<>(payloads);
        all.addAll(Arrays.asList(more));
        return List.copyOf(all);
    }

    // IKE rekey

    /** An IKE SA that a rekey brings, before the other side has said its half. @param role ours in that rekey */
    ScriptedPeer successor(Role role) {
        return new ScriptedPeer(role, random, SampleConnections.IKE);
    }

    /** SA, nonce and KE to rekey the IKE SA by this one. */
    List<Payload> rekeyPayloads() {
        long own = role == Role.INITIATOR ? spiInitiator : spiResponder;
        return List.of(
                new Payload.SecurityAssociation(List.of(new Proposal(
                        1, ProtocolId.IKE, new WireWriter().bits64(own).toOctets(), proposal.transforms()))),
                new Payload.Nonce(nonce),
                publicValue());
    }

    /** Completes this IKE SA with the other side's half. */
    void succeeds(ScriptedPeer old, List<Payload> theirs) {
        Proposal answer = Payload.first(theirs, Payload.SecurityAssociation.class)
                .orElseThrow()
                .proposals()
                .getFirst();
        Octets other = Payload.first(theirs, Payload.Nonce.class).orElseThrow().data();
        long spi = bits64(answer.spi());
        ni = role == Role.INITIATOR ? nonce : other;
        nr = role == Role.INITIATOR ? other : nonce;
        if (role == Role.INITIATOR) {
            spiResponder = spi;
        } else {
            spiInitiator = spi;
        }
        use(KeySchedule.rekeyed(
                CRYPTO,
                old.suite.prf(),
                old.keys.orElseThrow().set().skD(),
                suite,
                ni,
                nr,
                agreed(Payload.first(theirs, Payload.KeyExchange.class)
                        .orElseThrow()
                        .data()),
                spiInitiator,
                spiResponder));
    }

    private static long bits64(Octets octets) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | octets.at(i);
        }
        return value;
    }
}
