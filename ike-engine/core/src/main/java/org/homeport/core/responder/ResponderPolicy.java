package org.homeport.core.responder;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.kit.Octets;

/**
 * What a responder offers before it knows who asks: its connections, in order.
 *
 * @param timing until the connection is known
 */
public record ResponderPolicy(List<Connection> connections, Timing timing) {
    public ResponderPolicy {
        connections = List.copyOf(connections);
    }

    /** All connections' proposals: which connection it is shows only in IKE_AUTH. */
    List<Proposal> ikeProposals() {
        return connections.stream()
                .flatMap(c -> c.ikeProposals().stream())
                .distinct()
                .toList();
    }

    /** One CERTREQ for all trust anchors, if certificates are taken at all (RFC 7296 section 3.7). */
    List<Payload> certificateRequests() {
        Octets authorities = connections.stream()
                .flatMap(c -> c.remoteAuth() instanceof RemoteAuth.BySignature s
                        ? Stream.of(s.verifier().authorities())
                        : Stream.empty())
                .distinct()
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(), list -> Octets.concat(list.toArray(Octets[]::new))));
        return authorities.isEmpty()
                ? List.of()
                : List.of(new Payload.CertificateRequest(CertificateEncoding.X509_SIGNATURE, authorities));
    }
}
