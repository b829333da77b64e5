package org.homeport.eap.tls;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import org.homeport.kit.RandomSource;

/** Lets the TLS library, which asks for a SecureRandom, draw from the random source we were given. */
final class SourcedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    SourcedRandom(RandomSource source) {
        super(new Spi(source), null);
    }

    @SuppressWarnings("serial") // never serialized: the source is not
    private static final class Spi extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient RandomSource source;

        Spi(RandomSource source) {
            this.source = source;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The source is seeded where it is made.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            source.fill(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            return source.octets(length).toByteArray();
        }
    }
}
