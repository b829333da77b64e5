package org.homeport.testbeds.radius;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Writes answers that the codec would refuse to write, octet by octet. Whoever can put right the authenticator in the
 * header need not know the secret (CVE-2024-3596); whoever puts right Message-Authenticator does.
 */
final class Forger {
    static final Octets MESSAGE_AUTHENTICATOR = Octets.of(AttributeType.MESSAGE_AUTHENTICATOR, 18);
    private static final int MAC_OCTETS = 16;
    private static final int HEADER_OCTETS = 20;

    private final Secret secret;

    Forger(Secret secret) {
        this.secret = secret;
    }

    /** Message-Authenticator and header right, Message-Authenticator first. */
    Octets authentic(RadiusPacket request, RadiusCode code, List<RadiusAttribute> attributes) {
        Octets raw = MESSAGE_AUTHENTICATOR.plus(Octets.zeros(MAC_OCTETS)).plus(raw(attributes));
        return authentic(request, code, request.identifier(), raw);
    }

    /** @param raw attributes, the Message-Authenticator that is to be put right first */
    Octets authentic(RadiusPacket request, RadiusCode code, int identifier, Octets raw) {
        return sealed(request, code.number(), identifier, withMac(request, code, identifier, raw, 2));
    }

    /** As if nobody had ever heard of Message-Authenticator. */
    Octets unsigned(RadiusPacket request, RadiusCode code, List<RadiusAttribute> attributes) {
        return sealed(request, code.number(), request.identifier(), raw(attributes));
    }

    /**
     * Puts a MAC into attributes.
     *
     * @param at where its 16 octets, zero now, are to stand
     */
    Octets withMac(RadiusPacket request, RadiusCode code, int identifier, Octets raw, int at) {
        HMac mac = new HMac(new MD5Digest());
        mac.init(new KeyParameter(secret.toByteArray()));
        byte[] input =
                packet(code.number(), identifier, request.authenticator(), raw).toByteArray();
        mac.update(input, 0, input.length);
        byte[] code16 = new byte[mac.getMacSize()];
        mac.doFinal(code16, 0);
        return raw.slice(0, at).plus(Octets.wrap(code16)).plus(raw.from(at + MAC_OCTETS));
    }

    /** The header's authenticator put right, whatever the attributes are. */
    Octets sealed(RadiusPacket request, int code, int identifier, Octets raw) {
        MD5Digest md5 = new MD5Digest();
        byte[] input = packet(code, identifier, request.authenticator(), raw).toByteArray();
        md5.update(input, 0, input.length);
        byte[] key = secret.toByteArray();
        md5.update(key, 0, key.length);
        byte[] digest = new byte[md5.getDigestSize()];
        md5.doFinal(digest, 0);
        return packet(code, identifier, Octets.wrap(digest), raw);
    }

    static Octets raw(List<RadiusAttribute> attributes) {
        List<Octets> parts = new ArrayList<>();
        for (RadiusAttribute attribute : attributes) {
            parts.add(Octets.of(attribute.type(), attribute.value().length() + 2));
            parts.add(attribute.value());
        }
        return Octets.concat(parts.toArray(Octets[]::new));
    }

    /** One octet of a datagram changed. */
    static Octets flipped(Octets datagram, int at) {
        byte[] bytes = datagram.toByteArray();
        bytes[at] ^= 0x40;
        return Octets.wrap(bytes);
    }

    private static Octets packet(int code, int identifier, Octets authenticator, Octets raw) {
        int length = HEADER_OCTETS + raw.length();
        return Octets.of(code, identifier, length >>> 8, length)
                .plus(authenticator)
                .plus(raw);
    }
}
