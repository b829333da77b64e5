/**
 * Every algorithm of the engine, and the only place that names JCA and BouncyCastle. Hashes, HMAC, ciphers and RSA
 * come from the JDK's own providers, elliptic curves from BouncyCastle's lightweight API, whichever was measured
 * faster; no provider is ever installed.
 */
@NullMarked
package org.homeport.crypto;

import org.jspecify.annotations.NullMarked;
