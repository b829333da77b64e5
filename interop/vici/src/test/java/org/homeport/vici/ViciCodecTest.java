package org.homeport.vici;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViciCodecTest {
    private static final ViciMessage EXAMPLE = ViciMessage.EMPTY
            .with("key1", "value1")
            .with(
                    "section1",
                    ViciMessage.EMPTY
                            .with("sub-section", ViciMessage.EMPTY.with("key2", "value2"))
                            .with("list1", List.of("item1", "item2")));

    @Test
    void theReadmesExampleReadsAndWritesAsPublished() throws Exception {
        Octets published = vector("README-example.txt");

        assertThat(ViciCodec.decode(published.reader())).isEqualTo(EXAMPLE);
        assertThat(encode(EXAMPLE)).isEqualTo(published);
    }

    @Test
    void whatIsWrittenReadsTheSame() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            ViciMessage message = randomMessage(random, 0);
            assertThat(ViciCodec.decode(encode(message).reader())).isEqualTo(message);
        }
    }

    @Test
    void everyPacketReadsAsItWasWritten() throws Exception {
        List<ViciPacket> packets = List.of(
                new ViciPacket.Request("list-sas", EXAMPLE),
                new ViciPacket.Response(EXAMPLE),
                new ViciPacket.CommandUnknown(),
                new ViciPacket.Register("list-sa"),
                new ViciPacket.Unregister("list-sa"),
                new ViciPacket.EventConfirmed(),
                new ViciPacket.EventUnknown(),
                new ViciPacket.Event("list-sa", EXAMPLE));
        for (int type = 0; type < packets.size(); type++) {
            Octets encoded = packets.get(type).encode();
            assertThat(encoded.at(0)).isEqualTo(type);
            assertThat(ViciPacket.decode(encoded)).isEqualTo(packets.get(type));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "02 | a section ends that did not start",
                "01 01 61 | section 'a' does not end",
                "05 0000 | element type 5 outside of a list",
                "06 | element type 6 outside of a list",
                "04 01 61 01 01 61 | element type 1 in a list",
                "04 01 61 03 01 62 0000 | element type 3 in a list",
                "04 01 61 | needs 1 octets at 3, has 0",
                "03 01 61 0000 03 01 61 0000 | 'a' is there twice",
                "03 01 61 0000 04 01 61 06 | 'a' is there twice",
                "03 01 61 0002 00 | needs 2 octets at 5, has 1",
                "03 01 0a 0000 | a name that is not printable ASCII: 0a",
                "00 | unknown element type 0",
                "07 | unknown element type 7"
            })
    void whatViciDoesNotAllowIsRefused(String hex, String reason) {
        assertThatThrownBy(() -> ViciCodec.decode(Octets.fromHex(hex).reader()))
                .isInstanceOf(WireException.class)
                .hasMessage(reason);
    }

    @Test
    void aNestThatIsTooDeepEndsWithoutAStackOverflow() {
        assertThatThrownBy(() -> ViciCodec.decode(
                        Octets.fromHex("010161".repeat(150_000)).reader()))
                .isInstanceOf(WireException.class)
                .hasMessage("more than 32 sections in one another");
    }

    @Test
    void manyNamesAreCheckedInLinearTime() throws Exception {
        WireWriter writer = new WireWriter();
        for (int i = 0; i < 60_000; i++) {
            writer.u8(3).u8(5).octets(Octets.utf8("%05x".formatted(i))).u16(0);
        }
        assertThat(ViciCodec.decode(writer.toOctets().reader()).elements()).hasSize(60_000);
    }

    @Test
    void truncatedAndCorruptedPacketsNeverFailOtherwise() {
        Octets whole = new ViciPacket.Event("list-sa", EXAMPLE).encode();
        for (int length = 0; length < whole.length(); length++) {
            tryToDecode(whole.slice(0, length));
        }
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] corrupted = whole.toByteArray();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                corrupted[random.nextInt(corrupted.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
            }
            tryToDecode(Octets.wrap(corrupted));
        }
    }

    /** What decodes at all encodes to the same octets: nothing was passed over. */
    private static void tryToDecode(Octets octets) {
        try {
            assertThat(ViciPacket.decode(octets).encode()).isEqualTo(octets);
        } catch (WireException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void whatDoesNotFitIsOurMistakeAtOnce() {
        assertThatThrownBy(() -> ViciMessage.EMPTY.with("n".repeat(256), "v"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ViciMessage.EMPTY.with("n\u00e4me", "v")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ViciMessage.EMPTY.with("data", Octets.zeros(65_536)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EXAMPLE.with("key1", List.of())).hasMessage("'key1' is there already");
        assertThat(ViciMessage.EMPTY
                        .with("data", Octets.zeros(65_535))
                        .with("n".repeat(255), "v")
                        .elements())
                .hasSize(2);
    }

    @Test
    void printingAMessageShowsNoValues() {
        assertThat(ViciMessage.EMPTY.with("data", "sesame").with("owners", List.of("mn1")))
                .hasToString("{ data=6 octets owners=[1 items] }");
    }

    private static ViciMessage randomMessage(Random random, int depth) {
        ViciMessage message = ViciMessage.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = "n" + i + "x".repeat(random.nextInt(3));
            message = switch (random.nextInt(depth < 6 ? 3 : 2)) {
                case 0 -> {
                    byte[] value = new byte[random.nextInt(300)];
                    random.nextBytes(value);
                    yield message.with(name, Octets.wrap(value));
                }
                case 1 -> {
                    List<String> items = new ArrayList<>();
                    for (int item = random.nextInt(4); item > 0; item--) {
                        items.add("item" + item);
                    }
                    yield message.with(name, items);
                }
                default -> message.with(name, randomMessage(random, depth + 1));
            };
        }
        return message;
    }

    private static Octets encode(ViciMessage message) {
        WireWriter writer = new WireWriter();
        ViciCodec.encode(message, writer);
        return writer.toOctets();
    }

    private static Octets vector(String name) throws Exception {
        try (InputStream file = ViciCodecTest.class.getResourceAsStream("/vectors/vici/" + name)) {
            return Octets.fromHex(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining()));
        }
    }
}
