package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.crypto.SignaturePreference;
import org.homeport.daemon.config.Configuration.Algorithms;
import org.homeport.daemon.config.Configuration.Credentials;
import org.homeport.daemon.config.Configuration.RsaPadding;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static Credentials rsa(RsaPadding padding) {
        return new Credentials(Path.of("ha.crt"), Path.of("ha.key"), padding);
    }

    @Test
    void ourSignaturesArePaddedAsConfigured() {
        assertThat(Connections.preference(rsa(RsaPadding.PSS), Algorithms.CURRENT))
                .isEqualTo(SignaturePreference.DEFAULT);
        assertThat(Connections.preference(rsa(RsaPadding.PKCS1), Algorithms.CURRENT))
                .isEqualTo(new SignaturePreference(SignaturePreference.RsaPadding.PKCS1_V15, Sha1Policy.REFUSE));
    }

    @Test
    void weSignOverSha1OnlyWithLegacyAlgorithms() {
        assertThat(Connections.preference(rsa(RsaPadding.PSS), Algorithms.WITH_LEGACY))
                .isEqualTo(new SignaturePreference(SignaturePreference.RsaPadding.PSS, Sha1Policy.ACCEPT));
    }
}
