package org.homeport.core.responder;

import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.exchange.Suites;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;

/** Awaits the first IKE_AUTH request: with AUTH a peer that proves itself now, without one that wants EAP. */
record AwaitingFirstAuth(ResponderPolicy policy, InitResult init) implements HalfOpen {
    @Override
    public State auth(Turn turn, Inbound request) throws FailureException {
        Payload.Identification idi = request.identification(PayloadType.IDI)
                .orElseThrow(() -> new FailureException(
                        new Failure.Malformed("the first IKE_AUTH request has no IDi", "RFC 7296 1.2")));
        PeerIdentity claimed = PeerIdentity.of(idi);
        turn.identity(claimed.toString());
        Optional<Payload.Authentication> auth = request.first(Payload.Authentication.class);
        Connection connection = connection(claimed, request.identification(PayloadType.IDR), auth);
        turn.timing(connection.timing());
        Initial initial = new Initial(init, connection, request, idi);
        turn.info("ike.auth", "peer", claimed.toString(), "connection", connection.name());
        return switch (connection.remoteAuth()) {
            case RemoteAuth.ByEap eap -> {
                OwnProof proof = ownProof(connection, eap, request);
                yield new AwaitingEapAnswer(
                        initial,
                        eap,
                        proof,
                        request,
                        0,
                        turn.askEap(new EapTurn.Begin(
                                claimed, eap.identityQuestion(), request.path().remote(), connection.name())));
            }
            case RemoteAuth.BySharedKey psk ->
                AwaitingAuthorization.of(
                        turn,
                        initial,
                        PeerProved.bySharedKey(
                                turn.env().crypto(),
                                init.sa().suite().prf(),
                                psk.key(),
                                idi,
                                auth.orElseThrow(),
                                init.peerSignedOctets(turn.env().crypto(), idi)),
                        request);
            case RemoteAuth.BySignature signature ->
                AwaitingAuthorization.of(
                        turn,
                        initial,
                        PeerProved.bySignature(
                                signature.verifier(),
                                certificates(request),
                                idi,
                                auth.orElseThrow(),
                                init.peerSignedOctets(turn.env().crypto(), idi),
                                signature.sha1(),
                                turn.now()),
                        request);
        };
    }

    /**
     * The first connection for this identity and, if IDr names one, our identity. It alone says how the peer has to
     * authenticate (RFC 4301 section 4.4.3.1): a peer that would rather do so another way gets no other connection.
     */
    private Connection connection(
            PeerIdentity claimed, Optional<Payload.Identification> idr, Optional<Payload.Authentication> auth)
            throws FailureException {
        Connection own = policy.connections().stream()
                .filter(c -> c.remote().matches(claimed))
                .filter(c -> idr.isEmpty() || c.local().isSameAs(PeerIdentity.of(idr.get())))
                .findFirst()
                .orElseThrow(() -> new FailureException(new Failure.AuthenticationFailed(
                        "no connection is for peer '" + claimed + "'"
                                + idr.map(i -> " and our identity '" + PeerIdentity.of(i) + "'")
                                        .orElse(""),
                        "RFC 7296 2.15")));
        if (!fits(own.remoteAuth(), auth)) {
            throw new FailureException(new Failure.AuthenticationFailed(
                    "connection '" + own.name() + "' takes " + words(own.remoteAuth()) + ", the peer came with "
                            + auth.map(a -> "AUTH method " + a.method()).orElse("EAP"),
                    "RFC 4301 4.4.3"));
        }
        // IKE_SA_INIT was answered for all connections: only now does it show whose peer this is.
        if (!Suites.allow(own.ikeProposals(), init.sa().suite())) {
            throw new FailureException(new Failure.AuthenticationFailed(
                    "the IKE SA has " + init.sa().suite() + ", which the ike-proposals of connection '" + own.name()
                            + "' do not allow",
                    "RFC 7296 2.7"));
        }
        return own;
    }

    private static OwnProof ownProof(Connection connection, RemoteAuth.ByEap eap, Inbound request)
            throws FailureException {
        boolean offered = request.has(NotifyType.EAP_ONLY_AUTHENTICATION);
        return switch (eap.only()) {
            case NEVER -> OwnProof.CREDENTIAL;
            case ALLOW -> offered ? OwnProof.EAP_ALONE : OwnProof.CREDENTIAL;
            case REQUIRE -> {
                if (!offered) {
                    throw new FailureException(new Failure.AuthenticationFailed(
                            "connection '" + connection.name()
                                    + "' has no proof of ours but EAP, and the peer did not offer to do with that",
                            "RFC 5998 3"));
                }
                yield OwnProof.EAP_ALONE;
            }
        };
    }

    private static String words(RemoteAuth wanted) {
        return switch (wanted) {
            case RemoteAuth.ByEap eap -> "EAP";
            case RemoteAuth.BySharedKey psk -> "a pre-shared key";
            case RemoteAuth.BySignature signature -> "a certificate";
        };
    }

    private static boolean fits(RemoteAuth wanted, Optional<Payload.Authentication> auth) {
        return switch (wanted) {
            case RemoteAuth.ByEap eap -> auth.isEmpty();
            case RemoteAuth.BySharedKey psk ->
                auth.filter(a -> a.method().equals(AuthMethod.SHARED_KEY)).isPresent();
            case RemoteAuth.BySignature signature ->
                auth.filter(a -> !a.method().equals(AuthMethod.SHARED_KEY)).isPresent();
        };
    }

    private static List<Octets> certificates(Inbound request) {
        return request.all(Payload.Certificate.class).stream()
                .filter(c -> c.encoding().equals(CertificateEncoding.X509_SIGNATURE))
                .map(Payload.Certificate::data)
                .toList();
    }
}
