package org.homeport.testbeds.hlr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.homeport.eap.aka.AuthenticationCentre;
import org.homeport.eap.aka.Milenage;
import org.homeport.eap.aka.Sim;
import org.homeport.eap.aka.Sqn;
import org.homeport.eap.aka.Subscriber;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlrDialogueTest {
    private static final String IMSI = "232010000000000";
    private static final Sim SIM = new Sim(
            Secret.copyOf(Octets.fromHex("5122250214c33e723a5dd523fc145fc0")),
            Secret.copyOf(Octets.fromHex("981d464c7c52eb6e5036234984ad0bcf")),
            Sim.DEFAULT_AMF);

    private final HlrDialogue dialogue = new HlrDialogue(
            Map.of(IMSI, new Subscriber(IMSI, SIM, Sqn.NONE)),
            new AuthenticationCentre(
                    InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")), RandomSource.of(new Random(1))));

    @Test
    void vectorIsTheSims() {
        List<String> words = ask("AKA-REQ-AUTH " + IMSI);
        assertThat(words).hasSize(7).startsWith("AKA-RESP-AUTH", IMSI);
        Milenage milenage = Milenage.of(SIM.k(), SIM.opc());
        Octets rand = Octets.fromHex(words.get(2));
        assertThat(words.get(4)).isEqualTo(milenage.f4(rand).expose().hex());
        assertThat(words.get(5)).isEqualTo(milenage.f3(rand).expose().hex());
        assertThat(words.get(6)).isEqualTo(milenage.f2(rand).hex());
        assertThat(ask("AKA-REQ-AUTH " + IMSI)).isNotEqualTo(words);
    }

    @Test
    void strangersFail() {
        assertThat(dialogue.answer("AKA-REQ-AUTH 999")).contains("AKA-RESP-AUTH 999 FAILURE");
        assertThat(dialogue.answer("SIM-REQ-AUTH " + IMSI + " 3")).contains("SIM-RESP-AUTH " + IMSI + " FAILURE");
        assertThat(dialogue.answer("")).isEmpty();
        assertThat(dialogue.answer("AKA-AUTS " + IMSI + " xx yy")).isEmpty();
    }

    @Test
    void numberOfTheSimIsTakenOver() {
        Octets rand = Octets.zeros(16);
        Octets mine = new Sqn(1L << 46).octets();
        Milenage milenage = Milenage.of(SIM.k(), SIM.opc());
        byte[] hidden = mine.toByteArray();
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= (byte) milenage.f5star(rand).at(i);
        }
        Octets auts = Octets.wrap(hidden).plus(milenage.f1star(rand, mine, Octets.zeros(2)));
        assertThat(dialogue.answer("AKA-AUTS " + IMSI + " " + auts.hex() + " " + rand.hex()))
                .isEmpty();
        List<String> words = ask("AKA-REQ-AUTH " + IMSI);
        Octets ak = milenage.f5(Octets.fromHex(words.get(2)));
        assertThat(Octets.fromHex(words.get(3)).at(0) ^ ak.at(0)).isEqualTo(mine.at(0));
    }

    @Test
    void mistakesInTheFileAreNamed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("sims");
        Files.writeString(
                file,
                "# cards\n" + IMSI + " k=5122250214c33e723a5dd523fc145fc0 opc=981d464c7c52eb6e5036234984ad0bcf # a\n");
        assertThat(SubscriberFile.read(file)).containsEntry(IMSI, new Subscriber(IMSI, SIM, Sqn.NONE));
        Files.writeString(file, "\n" + IMSI + " k=51\n");
        assertThatThrownBy(() -> SubscriberFile.read(file))
                .hasMessage(file + ", line 2: k= needs 32 hexadecimal digits, it has 2 characters");
    }

    private List<String> ask(String request) {
        return List.of(dialogue.answer(request).orElseThrow().split(" "));
    }
}
