package org.homeport.crypto;

import java.security.GeneralSecurityException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Says in words why there is no path: the builder only says that it found none. */
record PathExplainer(List<X509Certificate> anchors, Instant now) {
    private static final int MAX_STEPS = 8;

    /** Follows issuers by name, looking for the first thing wrong. */
    Optional<String> explain(X509Certificate endEntity, List<X509Certificate> others) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate current = endEntity;
        while (path.size() < MAX_STEPS) {
            Optional<String> dated = outsideValidity(current, now);
            if (dated.isPresent()) {
                return dated;
            }
            path.add(current);
            X500Principal issuer = current.getIssuerX500Principal();
            Optional<X509Certificate> anchor = bySubject(anchors, issuer);
            if (anchor.isPresent()) {
                return validate(path, anchor.get());
            }
            Optional<X509Certificate> next =
                    bySubject(others.stream().filter(c -> !path.contains(c)).toList(), issuer);
            if (next.isEmpty()) {
                return Optional.of(PathChecker.name(current) + ": its issuer \"" + issuer.getName()
                        + "\" is no trust anchor, and the peer sent no certificate for it");
            }
            current = next.get();
        }
        return Optional.of("the path is longer than " + MAX_STEPS + " certificates");
    }

    private Optional<String> validate(List<X509Certificate> path, X509Certificate anchor) {
        try {
            PathChecker.validate(path, new TrustAnchor(anchor, null), now);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(
                    PathChecker.name(path.getFirst()) + " by " + PathChecker.name(anchor) + ": " + e.getMessage());
        }
    }

    static Optional<String> outsideValidity(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return Optional.of(PathChecker.name(certificate) + " is not valid before " + from);
        }
        return now.isAfter(to) ? Optional.of(PathChecker.name(certificate) + " expired at " + to) : Optional.empty();
    }

    private static Optional<X509Certificate> bySubject(List<X509Certificate> certificates, X500Principal subject) {
        return certificates.stream()
                .filter(c -> c.getSubjectX500Principal().equals(subject))
                .findFirst();
    }
}
