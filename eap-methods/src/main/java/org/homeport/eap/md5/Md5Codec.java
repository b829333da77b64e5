package org.homeport.eap.md5;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Value-Size, Value, Name, both ways alike (RFC 1994 section 4.1), and the hash. */
final class Md5Codec {
    private static final int MAX_NAME = 253;

    private Md5Codec() {}

    /** @param value 1..255 octets */
    record Chap(Octets value, Octets name) {}

    static Chap decode(Octets typeData) throws WireException {
        WireReader reader = typeData.reader();
        int size = reader.u8();
        if (size == 0) {
            throw new WireException("an empty CHAP value");
        }
        Octets value = reader.octets(size);
        if (reader.remaining() > MAX_NAME) {
            throw new WireException("a name of " + reader.remaining() + " octets");
        }
        return new Chap(value, reader.rest());
    }

    static Octets encode(Chap chap) {
        return new WireWriter()
                .u8(chap.value().length())
                .octets(chap.value())
                .octets(chap.name())
                .toOctets();
    }

    /** MD5 over Identifier, secret and challenge (RFC 1994 section 4.1). @return 16 octets */
    static Octets hash(int identifier, Secret secret, Octets challenge) {
        MD5Digest md5 = new MD5Digest();
        md5.update((byte) identifier);
        byte[] key = secret.toByteArray();
        md5.update(key, 0, key.length);
        Arrays.fill(key, (byte) 0);
        md5.update(challenge.toByteArray(), 0, challenge.length());
        byte[] digest = new byte[md5.getDigestSize()];
        md5.doFinal(digest, 0);
        return Octets.wrap(digest);
    }
}
