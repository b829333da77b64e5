package org.homeport.core.initiator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.exchange.ChildNegotiation;
import org.homeport.core.exchange.ChildOffers;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.TransformType;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Our first IKE_AUTH request and what of it is needed until the last response.
 *
 * @param offer of the first child; empty for a connection without children
 */
record FirstAuth(
        InitiatorPolicy policy,
        InitResult init,
        Payload.Identification idi,
        Optional<ChildOffers.Offer> offer,
        List<Proposal> proposals,
        int spi) {
    static State send(Turn turn, InitiatorPolicy policy, InitResult init) throws FailureException {
        PeerIdentity local = policy.connection().local();
        int spi = turn.newEspSpi();
        Optional<ChildOffers.Offer> offer =
                policy.connection().children().stream().findFirst().map(child -> offer(turn, policy, child));
        List<Proposal> proposals = offer.map(o -> ChildOffers.proposals(withoutKeyExchange(o.policy()), spi))
                .orElse(List.of());
        FirstAuth first = new FirstAuth(
                policy,
                init,
                Payload.Identification.of(PayloadType.IDI, local.type(), local.data()),
                offer,
                proposals,
                spi);
        turn.request(init.sa(), ExchangeType.IKE_AUTH, first.payloads(turn));
        return new AwaitingFirstAuthResponse(first);
    }

    private List<Payload> payloads(Turn turn) throws FailureException {
        List<Payload> payloads = new ArrayList<>();
        payloads.add(idi);
        if (policy.connection().localAuth() instanceof LocalAuth.BySignature own) {
            own.signer()
                    .certificates()
                    .forEach(c -> payloads.add(new Payload.Certificate(CertificateEncoding.X509_SIGNATURE, c)));
        }
        if (policy.connection().remoteAuth() instanceof RemoteAuth.BySignature remote) {
            payloads.add(new Payload.CertificateRequest(
                    CertificateEncoding.X509_SIGNATURE, remote.verifier().authorities()));
        }
        policy.askFor().ifPresent(id -> payloads.add(Payload.Identification.of(PayloadType.IDR, id.type(), id.data())));
        ownAuth(turn).ifPresent(payloads::add);
        if (!policy.wanted().isEmpty()) {
            payloads.add(Addresses.request(policy.wanted()));
        }
        offer.ifPresent(o -> payloads.addAll(ChildOffers.payloads(o, proposals)));
        payloads.add(Payload.Notify.of(NotifyType.INITIAL_CONTACT));
        if (policy.connection().localAuth() instanceof LocalAuth.ByEap own && own.only() == LocalAuth.EapOnly.OFFERED) {
            payloads.add(Payload.Notify.of(NotifyType.EAP_ONLY_AUTHENTICATION));
        }
        return payloads;
    }

    private Optional<Payload.Authentication> ownAuth(Turn turn) throws FailureException {
        Octets octets = init.ownSignedOctets(turn.env().crypto(), idi);
        return switch (policy.connection().localAuth()) {
            case LocalAuth.ByEap eap -> Optional.empty();
            case LocalAuth.BySharedKey psk -> Optional.of(sharedKeyAuth(turn, psk.key()));
            case LocalAuth.BySignature own ->
                Optional.of(own.signer()
                        .sign(octets, init.peerHashes(), turn.env().random())
                        .orElseThrow(() -> new FailureException(new Failure.AuthenticationFailed(
                                "the responder verifies no signature our key can make: it named hashes "
                                        + init.peerHashes().map(Set::toString).orElse("none"),
                                "RFC 7427 4"))));
        };
    }

    /** AUTH by a shared key: PSK, MSK, or SK_pi after an EAP method without MSK. */
    Payload.Authentication sharedKeyAuth(Turn turn, Secret key) {
        return new Payload.Authentication(
                AuthMethod.SHARED_KEY,
                KeySchedule.sharedKeyAuth(
                        turn.env().crypto(),
                        init.sa().suite().prf(),
                        key,
                        init.ownSignedOctets(turn.env().crypto(), idi)));
    }

    /** Where home addresses are asked for, ours are not known yet: all of the families (RFC 7296 section 2.19). */
    private static ChildOffers.Offer offer(Turn turn, InitiatorPolicy policy, ChildPolicy child) {
        ChildNegotiation.Ends ends = new ChildNegotiation.Ends(
                turn.path().local().address(), turn.path().remote().address(), List.of(), List.of());
        List<TrafficSelector> local =
                child.localSelectors().isEmpty() && !policy.wanted().isEmpty()
                        ? policy.wanted().stream()
                                .map(wanted -> TrafficSelector.of(
                                        IpPrefix.parse(wanted.family() == Family.IPV6 ? "::/0" : "0.0.0.0/0"),
                                        child.protocol()))
                                .distinct()
                                .toList()
                        : ChildNegotiation.local(child, ends);
        return new ChildOffers.Offer(child, child.mode(), local, ChildNegotiation.remote(child, ends));
    }

    /** The first child has no KE of its own: D-H transforms would only confuse (RFC 7296 section 1.2). */
    private static ChildPolicy withoutKeyExchange(ChildPolicy policy) {
        return new ChildPolicy(
                policy.name(),
                policy.mode(),
                policy.proposals().stream()
                        .map(p -> new Proposal(
                                p.number(),
                                p.protocol(),
                                p.spi(),
                                p.transforms().stream()
                                        .filter(t -> !t.type().equals(TransformType.KE))
                                        .toList()))
                        .distinct()
                        .toList(),
                policy.localSelectors(),
                policy.remoteSelectors(),
                policy.protocol(),
                policy.reqid());
    }
}
