package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Who vouches for a packet: the authenticator in its header (RFC 2865 section 3) and Message-Authenticator (RFC 3579
 * section 3.2), both by the secret that the two sides share.
 */
public final class RadiusAuthenticators {
    private static final Octets ZEROS = Octets.zeros(RadiusPacket.AUTHENTICATOR_OCTETS);

    private RadiusAuthenticators() {}

    /**
     * An Access-Request or Status-Server, Message-Authenticator first: where it stands behind other attributes, a forged
     * answer can hide what follows (CVE-2024-3596).
     *
     * @param authenticator 16 octets that nobody can predict
     * @param attributes without Message-Authenticator
     */
    public static Octets accessRequest(
            RadiusCode code, int identifier, Octets authenticator, List<RadiusAttribute> attributes, Secret secret) {
        return RadiusCodec.encode(
                signed(new RadiusPacket(code, identifier, authenticator, attributes), authenticator, secret));
    }

    /** An Accounting-Request, whose authenticator is a hash (RFC 2866 section 3); without Message-Authenticator. */
    public static Octets accountingRequest(int identifier, List<RadiusAttribute> attributes, Secret secret) {
        RadiusPacket packet = new RadiusPacket(RadiusCode.ACCOUNTING_REQUEST, identifier, ZEROS, attributes);
        return RadiusCodec.encode(packet.withAuthenticator(hash(packet, ZEROS, secret)));
    }

    /** A Disconnect-Request or CoA-Request (RFC 5176 sections 2.3 and 3.4): Message-Authenticator first, then the hash. */
    public static Octets dynamicRequest(
            RadiusCode code, int identifier, List<RadiusAttribute> attributes, Secret secret) {
        RadiusPacket packet = signed(new RadiusPacket(code, identifier, ZEROS, attributes), ZEROS, secret);
        return RadiusCodec.encode(packet.withAuthenticator(hash(packet, ZEROS, secret)));
    }

    /** An answer with Message-Authenticator, first. @param requestAuthenticator of the request that it answers */
    public static Octets response(
            RadiusCode code,
            int identifier,
            Octets requestAuthenticator,
            List<RadiusAttribute> attributes,
            Secret secret) {
        RadiusPacket packet = signed(
                new RadiusPacket(code, identifier, requestAuthenticator, attributes), requestAuthenticator, secret);
        return RadiusCodec.encode(packet.withAuthenticator(hash(packet, requestAuthenticator, secret)));
    }

    /** An Accounting-Response: without Message-Authenticator. */
    public static Octets accountingResponse(
            int identifier, Octets requestAuthenticator, List<RadiusAttribute> attributes, Secret secret) {
        RadiusPacket packet =
                new RadiusPacket(RadiusCode.ACCOUNTING_RESPONSE, identifier, requestAuthenticator, attributes);
        return RadiusCodec.encode(packet.withAuthenticator(hash(packet, requestAuthenticator, secret)));
    }

    /** Whether an Accounting-, Disconnect- or CoA-Request has the right Request Authenticator. */
    public static boolean isRequestAuthentic(RadiusPacket request, Secret secret) {
        return hash(request, ZEROS, secret).equalsConstantTime(request.authenticator());
    }

    /** Whether an answer has the right Response Authenticator. @param requestAuthenticator of our request */
    public static boolean isResponseAuthentic(RadiusPacket response, Octets requestAuthenticator, Secret secret) {
        return hash(response, requestAuthenticator, secret).equalsConstantTime(response.authenticator());
    }

    /** Whether there is one Message-Authenticator, and it is right. For an Access-Request or Status-Server. */
    public static boolean isAccessRequestAuthentic(RadiusPacket request, Secret secret) {
        return isMessageAuthentic(request, request.authenticator(), secret);
    }

    /** As above, for a Disconnect-Request or CoA-Request, whose authenticator counts as zero. */
    public static boolean isMessageAuthentic(RadiusPacket request, Secret secret) {
        return isMessageAuthentic(request, ZEROS, secret);
    }

    /** As above, for an answer. @param requestAuthenticator of the request that it answers */
    public static boolean isMessageAuthentic(RadiusPacket packet, Octets requestAuthenticator, Secret secret) {
        List<RadiusAttribute> given = packet.all(AttributeType.MESSAGE_AUTHENTICATOR);
        if (given.size() != 1 || given.getFirst().value().length() != ZEROS.length()) {
            return false;
        }
        List<RadiusAttribute> zeroed = packet.attributes().stream()
                .map(a -> a.type() == AttributeType.MESSAGE_AUTHENTICATOR ? new RadiusAttribute(a.type(), ZEROS) : a)
                .toList();
        Octets right = mac(new RadiusPacket(packet.code(), packet.identifier(), requestAuthenticator, zeroed), secret);
        return right.equalsConstantTime(given.getFirst().value());
    }

    private static RadiusPacket signed(RadiusPacket packet, Octets authenticator, Secret secret) {
        List<RadiusAttribute> all = new ArrayList<>();
        all.add(new RadiusAttribute(AttributeType.MESSAGE_AUTHENTICATOR, ZEROS));
        all.addAll(packet.attributes());
        all.set(
                0,
                new RadiusAttribute(
                        AttributeType.MESSAGE_AUTHENTICATOR,
                        mac(new RadiusPacket(packet.code(), packet.identifier(), authenticator, all), secret)));
        return new RadiusPacket(packet.code(), packet.identifier(), authenticator, all);
    }

    private static Octets mac(RadiusPacket packet, Secret secret) {
        HMac mac = new HMac(new MD5Digest());
        byte[] key = secret.toByteArray();
        mac.init(new KeyParameter(key));
        Arrays.fill(key, (byte) 0);
        byte[] input = RadiusCodec.encode(packet).toByteArray();
        mac.update(input, 0, input.length);
        byte[] code = new byte[mac.getMacSize()];
        mac.doFinal(code, 0);
        return Octets.wrap(code);
    }

    /** MD5 over the packet with another authenticator in its place, and the secret. */
    private static Octets hash(RadiusPacket packet, Octets authenticator, Secret secret) {
        return md5(RadiusCodec.encode(packet.withAuthenticator(authenticator)), secret);
    }

    private static Octets md5(Octets packet, Secret secret) {
        MD5Digest md5 = new MD5Digest();
        md5.update(packet.toByteArray(), 0, packet.length());
        byte[] key = secret.toByteArray();
        md5.update(key, 0, key.length);
        Arrays.fill(key, (byte) 0);
        byte[] digest = new byte[md5.getDigestSize()];
        md5.doFinal(digest, 0);
        return Octets.wrap(digest);
    }
}
