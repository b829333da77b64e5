package org.homeport.eap.aka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.aka.AkaMessage.Attribute;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/**
 * Messages of both methods as type data (RFC 4187 sections 8 and 10, RFC 9048 section 3.1). Attributes are of four octets
 * or a multiple; those with numbers from 128 on are passed over if nobody knows them.
 */
final class AkaCodec {
    static final int AT_RAND = 1;
    static final int AT_AUTN = 2;
    static final int AT_RES = 3;
    static final int AT_AUTS = 4;
    static final int AT_PADDING = 6;
    static final int AT_PERMANENT_ID_REQ = 10;
    static final int AT_MAC = 11;
    static final int AT_NOTIFICATION = 12;
    static final int AT_ANY_ID_REQ = 13;
    static final int AT_IDENTITY = 14;
    static final int AT_FULLAUTH_ID_REQ = 17;
    static final int AT_COUNTER = 19;
    static final int AT_COUNTER_TOO_SMALL = 20;
    static final int AT_NONCE_S = 21;
    static final int AT_CLIENT_ERROR_CODE = 22;
    static final int AT_KDF_INPUT = 23;
    static final int AT_KDF = 24;
    static final int AT_IV = 129;
    static final int AT_ENCR_DATA = 130;
    static final int AT_NEXT_PSEUDONYM = 132;
    static final int AT_NEXT_REAUTH_ID = 133;
    static final int AT_CHECKCODE = 134;
    static final int AT_RESULT_IND = 135;
    static final int AT_BIDDING = 136;

    /** In AT_BIDDING: EAP-AKA' is preferred. */
    static final int BIDDING_D = 0x8000;

    /** Of AES: what AT_IV holds. */
    static final int BLOCK = 16;

    private static final int MAC_OCTETS = 16;
    private static final int HEADER = 3;
    private static final int SKIPPABLE = 128;

    private AkaCodec() {}

    static Octets encode(AkaMessage message) {
        WireWriter writer = new WireWriter().u8(message.subtype()).u16(0);
        message.attributes().forEach(attribute -> write(writer, attribute));
        return writer.toOctets();
    }

    private static void write(WireWriter writer, Attribute attribute) {
        Octets value = attribute.value();
        int start = writer.length();
        writer.u8(attribute.type()).u8(0);
        switch (attribute.type()) {
            case AT_RES -> writer.u16(8 * value.length()).octets(value);
            case AT_IDENTITY, AT_NEXT_PSEUDONYM, AT_NEXT_REAUTH_ID, AT_KDF_INPUT ->
                writer.u16(value.length()).octets(value);
            case AT_AUTS, AT_PADDING, AT_COUNTER, AT_NOTIFICATION, AT_CLIENT_ERROR_CODE, AT_KDF, AT_BIDDING ->
                writer.octets(value);
            default -> writer.u16(0).octets(value);
        }
        int length = writer.length() - start;
        writer.zeros(Math.floorMod(-length, 4));
        writer.patchU8(start + 1, (writer.length() - start) / 4);
    }

    /** A message whose attributes are what they should be; whether they belong there is {@link AkaRules}'s. */
    static AkaMessage decode(Octets typeData) throws WireException {
        WireReader reader = typeData.reader();
        int subtype = reader.u8();
        reader.skip(2);
        AkaMessage message = new AkaMessage(subtype, attributes(reader));
        // "The AT_IV attribute MUST be included if and only if the AT_ENCR_DATA is included" (RFC 4187 section 10.12).
        if (message.has(AT_IV) != message.has(AT_ENCR_DATA)) {
            throw new WireException("AT_IV and AT_ENCR_DATA, one without the other");
        }
        return message;
    }

    private static List<Attribute> attributes(WireReader reader) throws WireException {
        List<Attribute> attributes = new ArrayList<>();
        while (!reader.isEmpty()) {
            int type = reader.u8();
            int length = reader.u8();
            if (length == 0) {
                throw new WireException("attribute " + type + " with length 0");
            }
            Optional<Octets> value = value(type, reader.sub(4 * length - 2), reader);
            if (value.isPresent()) {
                if (type != AT_KDF && attributes.stream().anyMatch(a -> a.type() == type)) {
                    throw new WireException("attribute " + type + " stands there twice");
                }
                attributes.add(new Attribute(type, value.get()));
            } else if (type < SKIPPABLE) {
                throw new WireException("attribute " + type + ", which nobody here knows and must not be skipped");
            }
        }
        return attributes;
    }

    /** @param behind what follows the attribute */
    private static Optional<Octets> value(int type, WireReader reader, WireReader behind) throws WireException {
        return switch (type) {
            case AT_RAND, AT_AUTN, AT_MAC, AT_IV, AT_NONCE_S -> Optional.of(fixed(type, reader, 16));
            case AT_RES -> Optional.of(res(reader));
            case AT_AUTS -> Optional.of(bare(type, reader, 14));
            case AT_IDENTITY, AT_NEXT_PSEUDONYM, AT_NEXT_REAUTH_ID, AT_KDF_INPUT -> Optional.of(counted(type, reader));
            case AT_PERMANENT_ID_REQ, AT_ANY_ID_REQ, AT_FULLAUTH_ID_REQ, AT_COUNTER_TOO_SMALL, AT_RESULT_IND ->
                Optional.of(fixed(type, reader, 0));
            case AT_COUNTER, AT_NOTIFICATION, AT_CLIENT_ERROR_CODE, AT_KDF, AT_BIDDING ->
                Optional.of(bare(type, reader, 2));
            case AT_CHECKCODE, AT_ENCR_DATA -> {
                reader.skip(2);
                yield Optional.of(reader.rest());
            }
            case AT_PADDING -> {
                Octets padding = reader.rest();
                if (!padding.isAllZero() || padding.length() > 10 || !behind.isEmpty()) {
                    throw new WireException("AT_PADDING that is not up to 10 zeros at the end");
                }
                yield Optional.of(padding);
            }
            default -> Optional.empty();
        };
    }

    private static Octets fixed(int type, WireReader reader, int length) throws WireException {
        reader.skip(2);
        return bare(type, reader, length);
    }

    private static Octets bare(int type, WireReader reader, int length) throws WireException {
        Octets value = reader.octets(length);
        reader.end("attribute " + type);
        return value;
    }

    private static Octets counted(int type, WireReader reader) throws WireException {
        int length = reader.u16();
        Octets value = reader.octets(length);
        if (reader.remaining() > 3) {
            throw new WireException("attribute " + type + " with " + reader.remaining() + " octets of padding");
        }
        return value;
    }

    /** "The RES Length field ... in bits" (RFC 4187 section 10.8). */
    private static Octets res(WireReader reader) throws WireException {
        int bits = reader.u16();
        if (bits % 8 != 0 || bits < 32 || bits > 128) {
            throw new WireException("AT_RES of " + bits + " bits; 32 to 128 are allowed");
        }
        Octets value = reader.octets(bits / 8);
        if (reader.remaining() > 3) {
            throw new WireException("AT_RES with " + reader.remaining() + " octets of padding");
        }
        return value;
    }

    /** Who sends a packet: the code in the EAP header, which AT_MAC covers. */
    enum Sender {
        SERVER,
        PEER
    }

    /** The whole EAP packet, as AT_MAC and AT_CHECKCODE cover it. */
    static Octets packet(AkaVariant variant, Sender sender, int identifier, Octets typeData) {
        return EapCodec.encode(
                switch (sender) {
                    case SERVER -> new EapPacket.Request(identifier, variant.type(), typeData);
                    case PEER -> new EapPacket.Response(identifier, variant.type(), typeData);
                });
    }

    /** A message with AT_MAC as its last attribute. @param extra covered too, behind the packet */
    static Octets signed(
            AkaVariant variant, Sender sender, int identifier, AkaMessage message, Secret kAut, Octets extra) {
        List<Attribute> all = new ArrayList<>(message.attributes());
        all.add(new Attribute(AT_MAC, Octets.zeros(MAC_OCTETS)));
        Octets zeroed = encode(new AkaMessage(message.subtype(), all));
        Octets mac = mac(variant, sender, identifier, zeroed, kAut, extra);
        return zeroed.slice(0, zeroed.length() - MAC_OCTETS).plus(mac);
    }

    /** Whether AT_MAC is there, and right. */
    static boolean isAuthentic(
            AkaVariant variant, Sender sender, int identifier, Octets typeData, Secret kAut, Octets extra) {
        int at = macAt(typeData);
        if (at < 0) {
            return false;
        }
        Octets given = typeData.slice(at, at + MAC_OCTETS);
        Octets zeroed = typeData.slice(0, at).plus(Octets.zeros(MAC_OCTETS)).plus(typeData.from(at + MAC_OCTETS));
        return mac(variant, sender, identifier, zeroed, kAut, extra).equalsConstantTime(given);
    }

    /** The MAC in a message of ours. */
    static Octets macOf(Octets signed) {
        return signed.from(signed.length() - MAC_OCTETS);
    }

    private static Octets mac(
            AkaVariant variant, Sender sender, int identifier, Octets typeData, Secret kAut, Octets extra) {
        byte[] full = AkaHash.hmac(
                variant, kAut, packet(variant, sender, identifier, typeData).toByteArray(), extra.toByteArray());
        return Octets.copyOf(full, 0, MAC_OCTETS);
    }

    /** Where the MAC itself begins in type data that was decoded; -1 if there is none. */
    private static int macAt(Octets typeData) {
        int at = HEADER;
        while (at + 4 <= typeData.length() && typeData.at(at + 1) > 0) {
            if (typeData.at(at) == AT_MAC && at + 4 + MAC_OCTETS <= typeData.length()) {
                return at + 4;
            }
            at += 4 * typeData.at(at + 1);
        }
        return -1;
    }

    /** Encrypts attributes (RFC 4187 section 10.12). @param iv 16 octets that nobody can predict */
    static List<Attribute> encrypted(List<Attribute> attributes, Secret kEncr, Octets iv) {
        WireWriter writer = new WireWriter();
        attributes.forEach(attribute -> write(writer, attribute));
        int missing = Math.floorMod(-writer.length(), BLOCK);
        if (missing > 0) {
            write(writer, new Attribute(AT_PADDING, Octets.zeros(missing - 2)));
        }
        return List.of(
                new Attribute(AT_IV, iv),
                new Attribute(AT_ENCR_DATA, cbc(Cipher.ENCRYPT, writer.toOctets(), kEncr, iv)));
    }

    /** The attributes in AT_ENCR_DATA; none if there is none. */
    static AkaMessage decrypted(AkaMessage message, Secret kEncr) throws WireException {
        Optional<Octets> data = message.find(AT_ENCR_DATA);
        if (data.isEmpty()) {
            return new AkaMessage(message.subtype(), List.of());
        }
        Octets iv = message.required(AT_IV);
        if (data.get().length() % BLOCK != 0) {
            throw new WireException("AT_ENCR_DATA of " + data.get().length() + " octets");
        }
        return new AkaMessage(
                message.subtype(),
                attributes(cbc(Cipher.DECRYPT, data.get(), kEncr, iv).reader()));
    }

    private enum Cipher {
        ENCRYPT,
        DECRYPT
    }

    private static Octets cbc(Cipher direction, Octets input, Secret kEncr, Octets iv) {
        CBCBlockCipher cbc = (CBCBlockCipher) CBCBlockCipher.newInstance(AESEngine.newInstance());
        byte[] key = kEncr.toByteArray();
        cbc.init(direction == Cipher.ENCRYPT, new ParametersWithIV(new KeyParameter(key), iv.toByteArray()));
        Arrays.fill(key, (byte) 0);
        byte[] in = input.toByteArray();
        byte[] out = new byte[in.length];
        for (int at = 0; at < in.length; at += BLOCK) {
            cbc.processBlock(in, at, out, at);
        }
        return Octets.wrap(out);
    }
}
