package org.homeport.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.homeport.core.message.Payload.Configuration.Attribute;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
    private static final Octets FOUR_ZEROS = Octets.zeros(4);

    @Test
    void headerOfAnyVersionIsRead() throws WireException {
        Octets header = Octets.fromHex("0102030405060708 1112131415161718 21 30 22 28 fffffffe 0000001c");

        assertThat(MessageDecoder.header(header))
                .isEqualTo(new IkeHeader(
                        0x0102030405060708L,
                        0x1112131415161718L,
                        PayloadType.SA,
                        0x30,
                        ExchangeType.IKE_SA_INIT,
                        IkeHeader.RESPONSE | IkeHeader.INITIATOR,
                        0xfffffffeL,
                        28));
    }

    @Test
    void onlyVersionTwoIsDecoded() {
        Octets message = MessageEncoder.encode(header(), List.of());
        assertMalformed(() -> MessageDecoder.decode(with(message, 17, 0x30)));
        assertMalformed(() -> MessageDecoder.decode(with(message, 17, 0x10)));
    }

    @Test
    void higherMinorVersionIsRead() throws WireException {
        Octets message = MessageEncoder.encode(header(), List.of());

        assertThat(MessageDecoder.decode(with(message, 17, 0x25)).header().version())
                .isEqualTo(0x25);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 27, 29, 255})
    void lengthHasToBeThatOfTheDatagram(int length) {
        Octets message = MessageEncoder.encode(header(), List.of());
        assertMalformed(() -> MessageDecoder.decode(with(message, 27, length)));
    }

    @Test
    void whatFollowsTheLastPayloadIsMalformed() {
        assertMalformed(() -> inner(PayloadType.VENDOR, "00 00 0005 01 02"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 0000", "00 00 0003", "00 00 0005", "00 00 ffff", "00 00 00", ""})
    void payloadLengthHasToFit(String payload) {
        assertMalformed(() -> inner(PayloadType.VENDOR, payload));
    }

    @Test
    void chainThatEndsEarlyIsMalformed() {
        assertMalformed(() -> inner(PayloadType.VENDOR, "29 00 0005 01"));
    }

    @Test
    void reservedFieldsAndTheCriticalBitOfKnownPayloadsAreIgnored() throws WireException {
        assertThat(inner(PayloadType.KE, "00 ff 000a 001f abcd 0102"))
                .isEqualTo(inner(PayloadType.KE, "00 00 000a 001f 0000 0102"));
        assertThat(inner(PayloadType.CP, "00 80 000c 01 ffffff 8008 0000"))
                .isEqualTo(inner(PayloadType.CP, "00 00 000c 01 000000 0008 0000"));
    }

    @Test
    void reservedOctetsOfAnIdentityAreKept() throws WireException {
        Payload.Identification id = (Payload.Identification)
                inner(PayloadType.IDI, "00 00 000a 02 010203 6161").getFirst();

        assertThat(id.reserved()).isEqualTo(Octets.of(1, 2, 3));
        assertThat(id.body()).isEqualTo(Octets.fromHex("02 010203 6161"));
    }

    @Test
    void unknownPayloadsAreKeptWithTheirCriticalBit() throws WireException {
        assertThat(inner(new PayloadType(200), "c9 80 0006 0102 00 00 0004"))
                .containsExactly(
                        new Payload.Unknown(new PayloadType(200), true, Octets.of(1, 2)),
                        new Payload.Unknown(new PayloadType(201), false, Octets.EMPTY));
    }

    @Test
    void nothingFollowsAnEncryptedPayload() {
        Octets message =
                MessageEncoder.encode(header(), List.of(new Payload.Encrypted(PayloadType.NOTIFY, Octets.zeros(20))));
        Octets longer = message.plus(Octets.fromHex("00000004"));
        assertMalformed(() -> MessageDecoder.decode(with(longer, 27, longer.length())));
    }

    @Test
    void encryptedPayloadsAreNotNested() {
        assertMalformed(() -> inner(PayloadType.SK, "00 00 0005 01"));
        assertMalformed(() -> inner(PayloadType.SKF, "00 00 0009 0001 0001 01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000 0001", "0001 0000", "0000 0000", "0003 0002"})
    void fragmentsAreNumberedFromOneToTheirTotal(String numbers) {
        Octets message = MessageEncoder.encode(
                header(), List.of(new Payload.EncryptedFragment(PayloadType.NONE, 1, 1, Octets.zeros(20))));
        Octets renumbered = Octets.concat(message.slice(0, 32), Octets.fromHex(numbers), message.from(36));
        assertMalformed(() -> MessageDecoder.decode(renumbered));
    }

    @Test
    void emptyPayloadsOfEveryKnownTypeNeverConfuse() {
        for (int type = 33; type <= 53; type++) {
            PayloadType known = new PayloadType(type);
            for (int length = 0; length < 40; length++) {
                Octets body = Octets.of(0, 0, 0, length + 4).plus(Octets.zeros(length));
                onlyWireExceptions(() -> MessageDecoder.payloads(known, body));
            }
        }
    }

    @Test
    void securityAssociationNeedsAProposal() {
        assertMalformed(() -> inner(PayloadType.SA, "00 00 0004"));
    }

    @Test
    void proposalWithoutTransformsIsReadForNobodyToChoose() throws WireException {
        assertThat(inner(PayloadType.SA, "00 00 000c 00 00 0008 01 01 00 00"))
                .containsExactly(new Payload.SecurityAssociation(
                        List.of(new Proposal(1, ProtocolId.IKE, Octets.EMPTY, List.of()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // More proposals promised, none there.
                "00 00 0014 02 00 0010 01 01 00 01  00 00 0008 03 00 000c",
                // Last proposal, another there.
                "00 00 001c 00 00 0010 01 01 00 01  00 00 0008 03 00 000c  00 00 0008 02 01 00 00",
                // Neither last nor followed by a proposal.
                "00 00 0014 03 00 0010 01 01 00 01  00 00 0008 03 00 000c",
                // Two transforms counted, one there; one counted, two there.
                "00 00 0014 00 00 0010 01 01 00 02  00 00 0008 03 00 000c",
                "00 00 001c 00 00 0018 01 01 00 01  00 00 0008 03 00 000c  00 00 0008 03 00 000d",
                // The last transform says that another follows.
                "00 00 0014 00 00 0010 01 01 00 01  03 00 0008 03 00 000c",
                // Proposal longer than the payload, shorter than its transforms, longer than they are.
                "00 00 0014 00 00 0011 01 01 00 01  00 00 0008 03 00 000c",
                "00 00 0014 00 00 000f 01 01 00 01  00 00 0008 03 00 000c",
                "00 00 0015 00 00 0011 01 01 00 01  00 00 0008 03 00 000c 00",
                // Transform shorter than its head, longer than its proposal.
                "00 00 0014 00 00 0010 01 01 00 01  00 00 0007 03 00 000c",
                "00 00 0014 00 00 0010 01 01 00 01  00 00 0009 03 00 000c",
                // SPI longer than the proposal.
                "00 00 0014 00 00 0010 01 01 ff 01  00 00 0008 03 00 000c",
                // Half an attribute; an attribute longer than its transform.
                "00 00 0016 00 00 0012 01 01 00 01  00 00 000a 01 00 000c 800e",
                "00 00 0018 00 00 0014 01 01 00 01  00 00 000c 01 00 000c 0020 0001",
            })
    void lengthsAndCountsOfProposalsHaveToAgree(String payload) {
        assertMalformed(() -> inner(PayloadType.SA, payload));
    }

    @Test
    void keyLengthIsOnlyReadInItsOneForm() throws WireException {
        Transform once = transform("800e 0080");
        Transform longForm = transform("000e 0002 0080");
        Transform twice = transform("800e 0080 800e 0100");

        assertThat(once).isEqualTo(Transform.of(TransformType.ENCR, 12, 128));
        assertThat(longForm.keyBits()).isEmpty();
        assertThat(longForm.otherAttributes()).containsExactly(new Transform.Attribute(14, Octets.of(0, 0x80)));
        assertThat(twice.otherAttributes()).containsExactly(new Transform.Attribute(0x800e, Octets.of(1, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 257, 1000})
    void nonceHasSixteenTo256Octets(int length) {
        Octets payload = MessageEncoder.payloads(List.of(new Payload.Nonce(Octets.zeros(length))));
        assertMalformed(() -> MessageDecoder.payloads(PayloadType.NONCE, payload));
    }

    @Test
    void notifySpiHasToFit() throws WireException {
        assertThat(inner(PayloadType.NOTIFY, "00 00 000c 03 04 4009 01020304"))
                .containsExactly(
                        new Payload.Notify(ProtocolId.ESP, Octets.of(1, 2, 3, 4), NotifyType.REKEY_SA, Octets.EMPTY));
        assertMalformed(() -> inner(PayloadType.NOTIFY, "00 00 000b 03 04 4009 010203"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // IKE with an SPI, ESP with SPIs of 8 octets, SPIs of no length, too few, too many, counted wrongly.
                "00 00 0010 01 08 0001 0102030405060708",
                "00 00 0010 03 08 0001 0102030405060708",
                "00 00 0008 01 00 0001",
                "00 00 000c 03 04 0002 01020304",
                "00 00 0010 03 04 0001 0102030405060708",
                "00 00 0008 03 04 ffff",
            })
    void deletedSpisHaveToFit(String payload) {
        assertMalformed(() -> inner(PayloadType.DELETE, payload));
    }

    @Test
    void aThousandAddressesMayBeAskedFor() throws WireException {
        Payload greedy = new Payload.Configuration(
                CpType.CFG_REQUEST,
                Collections.nCopies(1_000, new Attribute(CpAttributeType.INTERNAL_IP6_ADDRESS, Octets.zeros(17))));

        assertThat(MessageDecoder.payloads(PayloadType.CP, MessageEncoder.payloads(List.of(greedy))))
                .containsExactly(greedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 0006 01 00", "00 00 000a 01 000000 0008", "00 00 000e 01 000000 0008 0003 0102"})
    void configurationAttributesHaveToFit(String payload) {
        assertMalformed(() -> inner(PayloadType.CP, payload));
    }

    @Test
    void selectorsOfUnknownTypeArePassedOver() throws WireException {
        String v4 = "07 00 0010 0000 ffff 0a000001 0a000002";
        Payload.TrafficSelectors known = new Payload.TrafficSelectors(
                PayloadType.TSI,
                List.of(new TrafficSelector(0, 0, 0xffff, IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"))));

        assertThat(inner(PayloadType.TSI, "00 00 001f 02 000000 0a 00 0007 616263" + v4))
                .containsExactly(known);
        assertThat(inner(PayloadType.TSI, "00 00 000f 01 000000 0a 00 0007 616263"))
                .containsExactly(new Payload.TrafficSelectors(PayloadType.TSI, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // None; fewer and more than counted; IPv4 as long as IPv6; a length below the head.
                "00 00 0008 00 000000",
                "00 00 0018 02 000000 07 00 0010 0000 ffff 0a000001 0a000002",
                "00 00 0018 00 000000 07 00 0010 0000 ffff 0a000001 0a000002",
                "00 00 0030 01 000000 07 00 0028 0000 ffff 0a000001 0a000002 000000000000000000000000 000000000000000000000000",
                "00 00 000c 01 000000 0a 00 0003",
                // Addresses and ports that run backwards.
                "00 00 0018 01 000000 07 00 0010 0000 ffff 0a000002 0a000001",
                "00 00 0018 01 000000 07 11 0010 0002 0001 0a000001 0a000002",
            })
    void malformedSelectorsAreRefused(String payload) {
        assertMalformed(() -> inner(PayloadType.TSI, payload));
    }

    @Test
    void opaquePortsAreNotBackwards() throws WireException {
        Payload.TrafficSelectors ts = (Payload.TrafficSelectors)
                inner(PayloadType.TSR, "00 00 0018 01 000000 07 11 0010 ffff 0000 0a000001 0a000002")
                        .getFirst();

        assertThat(ts.selectors().getFirst().isOpaque()).isTrue();
    }

    @Test
    void whatOneMessageCanMakeUsBuildIsBounded() {
        Payload vendor = new Payload.VendorId(Octets.EMPTY);
        Attribute attribute = new Attribute(CpAttributeType.INTERNAL_IP4_ADDRESS, Octets.EMPTY);
        Proposal proposal = new Proposal(1, ProtocolId.ESP, Octets.EMPTY, List.of());
        Transform transform = Transform.of(TransformType.ENCR, 12);
        Proposal wide = new Proposal(1, ProtocolId.ESP, Octets.EMPTY, Collections.nCopies(255, transform));
        Transform.Attribute value = new Transform.Attribute(0x8014, Octets.zeros(2));
        Transform deep = new Transform(
                TransformType.ENCR,
                12,
                OptionalInt.empty(),
                Collections.nCopies(MessageDecoder.MAX_TRANSFORM_ATTRIBUTES + 1, value));

        Stream.<List<Payload>>of(
                        Collections.nCopies(MessageDecoder.MAX_PAYLOADS + 1, vendor),
                        List.of(new Payload.Configuration(
                                CpType.CFG_REQUEST,
                                Collections.nCopies(MessageDecoder.MAX_CP_ATTRIBUTES + 1, attribute))),
                        List.of(new Payload.SecurityAssociation(
                                Collections.nCopies(MessageDecoder.MAX_PROPOSALS + 1, proposal))),
                        List.of(new Payload.SecurityAssociation(Collections.nCopies(5, wide))),
                        List.of(new Payload.SecurityAssociation(
                                List.of(new Proposal(1, ProtocolId.ESP, Octets.EMPTY, List.of(deep))))),
                        List.of(new Payload.Delete(
                                ProtocolId.ESP, Collections.nCopies(MessageDecoder.MAX_SPIS + 1, FOUR_ZEROS))))
                .forEach(payloads -> assertThatThrownBy(() -> MessageDecoder.payloads(
                                MessageEncoder.typeOfFirst(payloads), MessageEncoder.payloads(List.copyOf(payloads))))
                        .isInstanceOf(WireException.class)
                        .hasMessageContaining("more than")
                        .as("%s", payloads.getFirst().type()));
    }

    private static Transform transform(String attributes) throws WireException {
        Octets octets = Octets.fromHex(attributes);
        Octets transform = Octets.concat(Octets.of(0, 0, 0, 8 + octets.length()), Octets.fromHex("01 00 000c"), octets);
        Octets proposal =
                Octets.concat(Octets.of(0, 0, 0, 8 + transform.length()), Octets.fromHex("01 03 00 01"), transform);
        Octets payload = Octets.of(0, 0, 0, 4 + proposal.length()).plus(proposal);
        Payload.SecurityAssociation sa = (Payload.SecurityAssociation)
                MessageDecoder.payloads(PayloadType.SA, payload).getFirst();
        return sa.proposals().getFirst().transforms().getFirst();
    }

    private static IkeHeader header() {
        return IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, 0, 0);
    }

    private static List<Payload> inner(PayloadType first, String hex) throws WireException {
        return MessageDecoder.payloads(first, Octets.fromHex(hex));
    }

    private static Octets with(Octets octets, int at, int value) {
        byte[] bytes = octets.toByteArray();
        bytes[at] = (byte) value;
        return Octets.wrap(bytes);
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(WireException.class);
    }

    private static void onlyWireExceptions(Reading reading) {
        try {
            reading.read();
        } catch (WireException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private interface Reading {
        void read() throws WireException;
    }
}
