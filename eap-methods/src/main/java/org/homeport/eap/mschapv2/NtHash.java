package org.homeport.eap.mschapv2;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.homeport.kit.Secret;

/**
 * NtPasswordHash (RFC 2759 section 8.3): all that MS-CHAP needs of a password, and as good as the password itself.
 *
 * @param hash 16 octets
 */
public record NtHash(Secret hash) {
    public NtHash {
        if (hash.length() != 16) {
            throw new IllegalArgumentException("an NT hash has 16 octets, not " + hash.length());
        }
    }

    /** Of a password in UTF-8, which is hashed as UTF-16 little endian without terminating zero. */
    public static NtHash ofPassword(Secret password) {
        byte[] utf8 = password.toByteArray();
        char[] characters = new char[utf8.length];
        CharBuffer decoded = CharBuffer.wrap(characters);
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(utf8), decoded, true);
        byte[] utf16 = new byte[2 * decoded.position()];
        for (int i = 0; i < decoded.position(); i++) {
            utf16[2 * i] = (byte) characters[i];
            utf16[2 * i + 1] = (byte) (characters[i] >>> 8);
        }
        Secret hash = md4(utf16);
        Arrays.fill(utf8, (byte) 0);
        Arrays.fill(characters, '\0');
        Arrays.fill(utf16, (byte) 0);
        return new NtHash(hash);
    }

    /** HashNtPasswordHash (RFC 2759 section 8.4). */
    Secret hashed() {
        return md4(hash.toByteArray());
    }

    private static Secret md4(byte[] input) {
        MD4Digest md4 = new MD4Digest();
        md4.update(input, 0, input.length);
        byte[] digest = new byte[md4.getDigestSize()];
        md4.doFinal(digest, 0);
        return Secret.wrap(digest);
    }
}
