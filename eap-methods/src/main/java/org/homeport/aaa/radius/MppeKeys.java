package org.homeport.aaa.radius;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * The keys that an Access-Accept brings (RFC 2548 sections 2.4.2 and 2.4.3). The names are the NAS's view: it sends with
 * Send, and receives with Recv. MSK is Recv, then Send (RFC 5216 section 2.3).
 */
public record MppeKeys(Secret recv, Secret send) {
    private static final int SEND_TYPE = 16;
    private static final int RECV_TYPE = 17;
    private static final int SALT = 2;
    private static final int MSK_OCTETS = 64;

    /**
     * Reads them out of an Access-Accept.
     *
     * @param requestAuthenticator of the Access-Request that it answers
     * @return empty if there are none
     * @throws WireException if there is one without the other, or it cannot be read: then it was hidden by another secret
     */
    public static Optional<MppeKeys> of(RadiusPacket accept, Octets requestAuthenticator, Secret secret)
            throws WireException {
        List<VendorAttribute> microsoft = VendorAttribute.of(VendorAttribute.MICROSOFT, accept);
        Optional<Secret> send = key(microsoft, SEND_TYPE, requestAuthenticator, secret);
        Optional<Secret> recv = key(microsoft, RECV_TYPE, requestAuthenticator, secret);
        if (send.isPresent() != recv.isPresent()) {
            throw new WireException(send.isPresent() ? "MS-MPPE-Send-Key alone" : "MS-MPPE-Recv-Key alone");
        }
        return recv.map(key -> new MppeKeys(key, send.orElseThrow()));
    }

    /**
     * The Master Session Key, 64 octets (RFC 3748 section 7.10) at least. Where the keys are shorter than 32 octets, as
     * EAP-MSCHAPv2's are, it is filled up with zeros behind both: that is what peers do with what they derived.
     */
    public Secret msk() {
        Secret both = recv.plus(send);
        return Secret.wrap(Arrays.copyOf(both.toByteArray(), Math.max(MSK_OCTETS, both.length())));
    }

    /** The two attributes, for an Access-Accept. */
    public List<RadiusAttribute> toAttributes(Octets requestAuthenticator, Secret secret, RandomSource random) {
        Octets salt = random.octets(SALT);
        Octets first = Octets.of(salt.at(0) | 0x80, salt.at(1));
        // Each salt is of its own within a packet.
        Octets second = Octets.of(salt.at(0) | 0x80, salt.at(1) ^ 1);
        return List.of(
                attribute(SEND_TYPE, send, first, requestAuthenticator, secret),
                attribute(RECV_TYPE, recv, second, requestAuthenticator, secret));
    }

    private static RadiusAttribute attribute(
            int type, Secret key, Octets salt, Octets requestAuthenticator, Secret secret) {
        Octets plain = Octets.of(key.length()).plus(key.expose());
        Octets padded = plain.plus(Octets.zeros(Math.floorMod(-plain.length(), 16)));
        Octets hidden = HiddenValue.hide(padded, requestAuthenticator.plus(salt), secret);
        return new VendorAttribute(VendorAttribute.MICROSOFT, type, salt.plus(hidden)).toAttribute();
    }

    private static Optional<Secret> key(
            List<VendorAttribute> microsoft, int type, Octets requestAuthenticator, Secret secret)
            throws WireException {
        List<VendorAttribute> given =
                microsoft.stream().filter(a -> a.type() == type).toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Octets value = given.getFirst().value();
        if (given.size() > 1 || value.length() < SALT + 16 || (value.length() - SALT) % 16 != 0) {
            throw new WireException(
                    "MS-MPPE keys: " + given.size() + " of type " + type + ", " + value.length() + " octets");
        }
        try (Secret plain =
                HiddenValue.reveal(value.from(SALT), requestAuthenticator.plus(value.slice(0, SALT)), secret)) {
            int length = plain.expose().at(0);
            if (length == 0 || length >= plain.length()) {
                throw new WireException("an MS-MPPE key that was hidden by another secret");
            }
            return Optional.of(plain.slice(1, 1 + length));
        }
    }
}
