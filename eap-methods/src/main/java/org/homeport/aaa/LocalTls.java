package org.homeport.aaa;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.tls.CertifiedKey;
import org.homeport.eap.tls.ClientCertificate;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.PeerCertificate;
import org.homeport.eap.tls.TlsAccounts;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsServer;
import org.homeport.eap.tls.TlsServerSettings;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.tls.TrustAnchors;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * EAP-TLS for users with {@code certificate=yes}. A name in the certificate counts, whatever was claimed before (RFC
 * 9190 section 2.2); what was claimed only picks among several that a certificate may have.
 */
public record LocalTls(Settings settings, InstantSource clock, RandomSource random) implements LocalMethod {
    /**
     * What it works with.
     *
     * @param own of the server
     * @param clients who certifies users
     * @param fragment the longest type data to be sent, in octets
     */
    public record Settings(CertifiedKey own, TrustAnchors clients, Set<TlsVersion> versions, int fragment) {
        public Settings {
            versions = Set.copyOf(versions);
        }

        public Settings(CertifiedKey own, TrustAnchors clients) {
            this(own, clients, Set.of(TlsVersion.values()), EapTlsFragments.DEFAULT_FRAGMENT);
        }
    }

    @Override
    public String name() {
        return TlsServer.NAME;
    }

    @Override
    public EapType type() {
        return EapType.TLS;
    }

    @Override
    public boolean canServe(User user) {
        return switch (user.secret()) {
            case UserSecret.Certificate certificate -> true;
            case UserSecret.Password password -> false;
            case UserSecret.HashedForMschap hashed -> false;
            case UserSecret.Sim sim -> false;
            case UserSecret.Psk psk -> false;
        };
    }

    @Override
    public ServerMethod start(AccountDesk desk, Optional<Nai> claimed) {
        TlsServerSettings server = new TlsServerSettings(
                settings.own(), new ClientCertificate.Required(settings.clients()), settings.versions());
        return new TlsServer(
                new TlsOverEap(new TlsServerSide(server, clock, random), new EapTlsFragments(0, settings.fragment())),
                certificate -> account(desk, claimed, certificate));
    }

    /** The claimed identity is not handed to the desk: it would lend its realm to a certificate without one. */
    private TlsAccounts.Account account(AccountDesk desk, Optional<Nai> claimed, PeerCertificate certificate) {
        List<String> objections = new ArrayList<>();
        Optional<TlsAccounts.Account> found = Optional.empty();
        for (String name : certificate.names()) {
            Nai nai;
            try {
                nai = Nai.of(Octets.utf8(name));
            } catch (WireException e) {
                objections.add(e.getMessage());
                continue;
            }
            AccountDesk.Account account = desk.find(nai, Optional.empty(), this);
            if (account.objection().isPresent()) {
                objections.add(account.objection().get());
            } else if (found.isEmpty()
                    || claimed.filter(other -> other.key().equals(nai.key())).isPresent()) {
                found = Optional.of(
                        new TlsAccounts.Account(account.user().name().text(), Optional.empty()));
            }
        }
        return found.orElseGet(() -> new TlsAccounts.Account(
                "nobody",
                Optional.of("the client's certificate \"" + certificate.subject() + "\" is good, but no user's: "
                        + (objections.isEmpty()
                                ? "it has neither an rfc822Name nor a dNSName nor a common name"
                                : String.join("; ", objections)))));
    }
}
