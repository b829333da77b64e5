package org.homeport.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.homeport.core.message.Payload.Configuration.Attribute;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/** Arbitrary messages that can be decoded: every payload, with open code points anywhere in their range. */
public final class RandomMessages {
    private final RandomGenerator random;

    public RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    /** A message without SK. */
    IkeMessage message() {
        return new IkeMessage(header(), payloads());
    }

    /** A message that ends in SK or SKF with arbitrary octets inside. */
    IkeMessage closedMessage() {
        List<Payload> payloads = new ArrayList<>(some(0, 2, this::payload));
        payloads.add(random.nextBoolean() ? encrypted() : fragment());
        return new IkeMessage(header(), payloads);
    }

    public List<Payload> payloads() {
        return some(0, 6, this::payload);
    }

    IkeHeader header() {
        return IkeHeader.of(
                random.nextLong(), random.nextLong(), new ExchangeType(u8()), u8(), random.nextLong(1L << 32));
    }

    Payload payload() {
        return switch (random.nextInt(15)) {
            case 0 -> new Payload.SecurityAssociation(some(1, 4, this::proposal));
            case 1 -> new Payload.KeyExchange(new KeyExchangeId(u16()), octets(0, 600));
            case 2 ->
                new Payload.Identification(
                        random.nextBoolean() ? PayloadType.IDI : PayloadType.IDR,
                        new IdType(u8()),
                        octets(3, 3),
                        octets(0, 60));
            case 3 -> new Payload.Certificate(new CertificateEncoding(u8()), octets(0, 1500));
            case 4 -> new Payload.CertificateRequest(new CertificateEncoding(u8()), octets(0, 200));
            case 5 -> new Payload.Authentication(new AuthMethod(u8()), octets(0, 300));
            case 6 -> new Payload.Nonce(octets(16, 256));
            case 7 -> new Payload.Notify(new ProtocolId(u8()), octets(0, 8), new NotifyType(u16()), octets(0, 64));
            case 8 -> delete();
            case 9 -> new Payload.VendorId(octets(0, 40));
            case 10 ->
                new Payload.TrafficSelectors(
                        random.nextBoolean() ? PayloadType.TSI : PayloadType.TSR, some(1, 5, this::selector));
            case 11 -> new Payload.Configuration(new CpType(u8()), some(0, 8, this::attribute));
            case 12 -> new Payload.Eap(octets(0, 1400));
            default -> new Payload.Unknown(unknownType(), random.nextBoolean(), octets(0, 50));
        };
    }

    TrafficSelector selector() {
        int length = random.nextBoolean() ? 4 : 16;
        IpAddress one = new IpAddress(octets(length, length));
        IpAddress other = new IpAddress(octets(length, length));
        boolean ordered = one.compareTo(other) <= 0;
        int port = u16();
        int otherPort = u16();
        boolean opaque = random.nextInt(8) == 0;
        return new TrafficSelector(
                u8(),
                opaque ? 0xffff : Math.min(port, otherPort),
                opaque ? 0 : Math.max(port, otherPort),
                ordered ? one : other,
                ordered ? other : one);
    }

    public Octets octets(int min, int max) {
        byte[] bytes = new byte[random.nextInt(min, max + 1)];
        random.nextBytes(bytes);
        return Octets.wrap(bytes);
    }

    private Payload encrypted() {
        return new Payload.Encrypted(new PayloadType(u8()), octets(0, 300));
    }

    private Payload fragment() {
        int total = random.nextInt(1, 0x10000);
        return new Payload.EncryptedFragment(
                new PayloadType(u8()), random.nextInt(1, total + 1), total, octets(0, 300));
    }

    private Payload delete() {
        return switch (random.nextInt(3)) {
            case 0 -> new Payload.Delete(ProtocolId.IKE, List.of());
            case 1 -> new Payload.Delete(ProtocolId.AH, some(0, 3, () -> octets(4, 4)));
            default -> new Payload.Delete(ProtocolId.ESP, some(0, 20, () -> octets(4, 4)));
        };
    }

    private Proposal proposal() {
        return new Proposal(u8(), new ProtocolId(u8()), octets(0, 8), some(0, 6, this::transform));
    }

    private Transform transform() {
        OptionalInt keyBits = random.nextBoolean() ? OptionalInt.of(u16()) : OptionalInt.empty();
        return new Transform(new TransformType(u8()), u16(), keyBits, some(0, 2, this::transformAttribute));
    }

    private Transform.Attribute transformAttribute() {
        int type = random.nextInt(20, 0x8000);
        return random.nextBoolean()
                ? new Transform.Attribute(0x8000 | type, octets(2, 2))
                : new Transform.Attribute(type, octets(0, 12));
    }

    private Attribute attribute() {
        return new Attribute(new CpAttributeType(random.nextInt(0x8000)), octets(0, 21));
    }

    private PayloadType unknownType() {
        return Stream.generate(this::u8)
                .filter(type -> type != 0 && (type < 33 || type > 48) && type != 53)
                .map(PayloadType::new)
                .findFirst()
                .orElseThrow();
    }

    private int u8() {
        return random.nextInt(0x100);
    }

    private int u16() {
        return random.nextInt(0x10000);
    }

    private <T> List<T> some(int min, int max, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(min, max + 1)).toList();
    }
}
