package org.homeport.daemon;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.homeport.aaa.LocalMethod;
import org.homeport.aaa.LocalPeap;
import org.homeport.aaa.LocalTls;
import org.homeport.aaa.LocalTtls;
import org.homeport.aaa.TunnelSettings;
import org.homeport.crypto.KeyMaterialException;
import org.homeport.crypto.PemFiles;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.EmbeddedSettings;
import org.homeport.eap.tls.CertifiedKey;
import org.homeport.eap.tls.TlsSettingsException;
import org.homeport.eap.tls.TrustAnchors;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** The embedded AAA's methods made of TLS: the certificate they show is the home agent's. */
record EmbeddedTls(Configuration configuration, InstantSource clock, RandomSource random) {
    LocalMethod tls(EmbeddedSettings settings) throws StartFailedException {
        List<Octets> anchors = new ArrayList<>();
        try {
            for (Path file : settings.trustAnchors()) {
                anchors.addAll(PemFiles.certificates(file));
            }
            return new LocalTls(new LocalTls.Settings(own(), TrustAnchors.of(anchors)), clock, random);
        } catch (KeyMaterialException | TlsSettingsException e) {
            throw new StartFailedException("aaa.trust-anchors: " + e.getMessage());
        }
    }

    LocalMethod ttls() throws StartFailedException {
        return new LocalTtls(tunnel(), clock, random);
    }

    LocalMethod peap(EmbeddedSettings settings) throws StartFailedException {
        return new LocalPeap(tunnel(), settings.cryptobinding(), clock, random);
    }

    private TunnelSettings tunnel() throws StartFailedException {
        return new TunnelSettings(own(), configuration.identity().toString());
    }

    private CertifiedKey own() throws StartFailedException {
        Configuration.Credentials credentials = configuration
                .credentials()
                .orElseThrow(() -> new StartFailedException("aaa.methods: tls, ttls and peap show peers a certificate;"
                        + " expected certificate and private-key"));
        try {
            return CertifiedKey.of(
                    PemFiles.certificates(credentials.certificate()), PemFiles.pkcs8(credentials.privateKey()));
        } catch (KeyMaterialException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()));
        } catch (TlsSettingsException e) {
            throw new StartFailedException(
                    credentials.certificate() + " and " + credentials.privateKey() + ": " + e.getMessage());
        }
    }
}
