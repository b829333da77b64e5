package org.homeport.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.homeport.aaa.UsersFile;
import org.homeport.crypto.CertificateFacts;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PemFiles;
import org.homeport.crypto.PkixCertificateVerifier;
import org.homeport.daemon.Findings.Running;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.AccountingSettings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.Configuration.Credentials;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.EmbeddedSettings;
import org.homeport.daemon.config.ListenSettings;
import org.homeport.daemon.observe.ControlClient;
import org.homeport.kit.Endpoint;
import org.homeport.lease.Pools;
import org.homeport.xfrm.XfrmCheck;

/** Looks at everything a start would need, and changes nothing; packets are sent only where that is asked for. */
public final class Inspection {
    private final Configuration configuration;
    private final Surroundings surroundings;
    private final Findings findings = new Findings();

    private Inspection(Configuration configuration, Surroundings surroundings) {
        this.configuration = configuration;
        this.surroundings = surroundings;
    }

    /** Whether RADIUS servers are asked: all else sends nothing. */
    public enum Asking {
        SERVERS,
        NOBODY
    }

    /** In the order in which a start would meet them. */
    public static List<Finding> of(Configuration configuration, Surroundings surroundings, Asking asking) {
        return new Inspection(configuration, surroundings).look(asking);
    }

    private List<Finding> look(Asking asking) {
        AaaInspection aaa = new AaaInspection(findings, surroundings);
        Running running = running();
        configuration.credentials().ifPresent(this::certificate);
        trustAnchors();
        sharedKeys();
        configuration.aaa().flatMap(AaaSettings::embedded).ifPresent(this::users);
        configuration.aaa().ifPresent(aaa::aaa);
        configuration.aaa().ifPresent(settings -> aaa.patience(settings, configuration.connections()));
        configuration.accounting().ifPresent(this::accounting);
        pools();
        findings.writableDatabase("lease store", configuration.leaseStore());
        configuration.keyLog().ifPresent(this::keyLog);
        ports(running);
        configuration.dynamicAuthorization().ifPresent(orders -> aaa.orders(orders, running));
        kernel();
        switch (asking) {
            case SERVERS -> configuration.aaa().map(AaaSettings::servers).ifPresent(aaa::ask);
            case NOBODY -> {}
        }
        return findings.all();
    }

    private void accounting(AccountingSettings settings) {
        findings.writableDatabase("accounting queue", settings.queue());
        settings.records().ifPresent(file -> findings.writable("call detail records", file));
    }

    private void certificate(Credentials credentials) {
        String about = "certificate";
        try {
            Connections.signer(credentials, configuration.algorithms());
            CertificateFacts facts = CertificateFacts.of(
                    PemFiles.certificates(credentials.certificate()).getFirst(), configuration.identity());
            findings.validity(
                    about,
                    credentials.certificate() + " of " + facts.subject() + ", with its private key",
                    facts.notBefore(),
                    facts.notAfter(),
                    surroundings.clock().instant());
            findings.add(facts.objection()
                    .map(why -> Finding.wrong(
                            about,
                            why + ": peers that check will refuse us; 'identity' has to be one"
                                    + " of its subjectAltNames"))
                    .orElseGet(() -> Finding.ok(about, "is for " + configuration.identity())));
        } catch (KeyMaterialException e) {
            findings.add(Finding.wrong(about, String.valueOf(e.getMessage())));
        }
        findings.secrecy(about, credentials.privateKey());
    }

    private void trustAnchors() {
        if (configuration.trustAnchors().isEmpty()) {
            return;
        }
        try {
            PkixCertificateVerifier.load(configuration.trustAnchors());
            findings.add(
                    Finding.ok("trust anchors", configuration.trustAnchors().size() + " loaded"));
        } catch (KeyMaterialException e) {
            findings.add(Finding.wrong("trust anchors", String.valueOf(e.getMessage())));
        }
    }

    private void sharedKeys() {
        configuration.connections().forEach(connection -> {
            if (connection.auth() instanceof Auth.SharedKey(Path file)) {
                String about = "key of " + connection.name();
                findings.attempt(about, () -> {
                    SharedKeyFile.read(file).close();
                    return file + " read";
                });
                findings.secrecy(about, file);
            }
        });
    }

    private void users(EmbeddedSettings settings) {
        findings.attempt("users", () -> {
            UsersFile users = EmbeddedUsers.users(
                    settings,
                    EmbeddedUsers.methods(settings, configuration, surroundings.clock(), surroundings.random()));
            return settings.users() + ": " + users.size();
        });
        findings.secrecy("users", settings.users());
    }

    private void pools() {
        try {
            Pools pools = Pools.of(configuration.pools(), Host.addresses());
            pools.all()
                    .forEach(pool -> findings.add(
                            Finding.ok("pool " + pool.name(), pool.all().size() + " addresses of " + pool.prefix())));
        } catch (IllegalArgumentException | IOException e) {
            findings.add(Finding.wrong("pools", String.valueOf(e.getMessage())));
        }
    }

    private void keyLog(Path file) {
        findings.writable("key log", file);
        findings.add(Finding.note("key log", "is on: whoever reads " + file + " reads the IKE exchanges"));
    }

    private void ports(Running running) {
        for (ListenSettings listen : configuration.listen()) {
            for (Endpoint endpoint : List.of(listen.plain(), listen.encapsulated())) {
                findings.port(endpoint, running);
            }
        }
    }

    private Running running() {
        try {
            ControlClient.ask(configuration.control(), "status");
            return Running.YES;
        } catch (IOException e) {
            return Running.NO;
        }
    }

    private void kernel() {
        switch (configuration.saBackend()) {
            case NONE -> findings.add(Finding.note("ESP", "sa-backend is none: no traffic will be protected"));
            case KERNEL ->
                XfrmCheck.check(SaSide.settings(configuration), surroundings.random())
                        .forEach(found -> findings.add(
                                switch (found.verdict()) {
                                    case GOOD -> Finding.ok("ESP", found.sentence());
                                    case LIMITED -> Finding.note("ESP", found.sentence());
                                    case UNUSABLE ->
                                        Finding.wrong(
                                                "ESP",
                                                found.sentence() + ". To run without SAs, set 'sa-backend: none'.");
                                }));
        }
    }
}
