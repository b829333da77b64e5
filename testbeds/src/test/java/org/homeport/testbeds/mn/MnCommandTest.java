package org.homeport.testbeds.mn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.homeport.daemon.cli.Homeport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with its command line, before anything is sent. */
class MnCommandTest {
    private final StringWriter errors = new StringWriter();

    private int mn(List<String> more) {
        List<String> arguments =
                new ArrayList<>(List.of("mn", "--gateway-id", "ha.example.org", "--identity", "mn1@example.org"));
        arguments.addAll(more);
        if (!more.contains("--gateway")) {
            arguments.addAll(List.of("--gateway", "::1"));
        }
        return Homeport.commandLine()
                .addSubcommand(new MnCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "--gateway, ha.example.org",
        "--care-of, 2001:db8::g",
        "--care-of, 192.0.2.1",
        "--ike, aes128-nonsense",
        "--esp, rot13",
        "--port, 65536",
        "--nat-port, -1",
        "--identity, @#zz",
    })
    void valueThatCannotBeReadIsWrongUsage(String option, String value) {
        assertThat(mn(List.of("--password", "secret", option, value))).isEqualTo(2);
        assertThat(errors.toString().lines().findFirst().orElse(""))
                .contains(option, value)
                .doesNotContain("Exception");
    }

    @Test
    void nodeWithoutCredentialsIsToldWhichItMayHave() {
        assertThat(mn(List.of())).isEqualTo(2);
        assertThat(errors.toString())
                .contains("How shall the node authenticate?")
                .doesNotContain("\tat ");
    }

    @Test
    void nodeThatTrustsNobodyIsToldHowTo() {
        assertThat(mn(List.of("--password", "secret"))).isEqualTo(2);
        assertThat(errors.toString()).contains("Whom shall the node trust?").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"--password-file, password", "--psk-file, pre-shared key"})
    void missingFileIsNamedInOneSentence(String option, String what, @TempDir Path directory) {
        Path missing = directory.resolve("nowhere");
        assertThat(mn(List.of(
                        option,
                        missing.toString(),
                        "--ca",
                        directory.resolve("ca.crt").toString())))
                .isEqualTo(1);
        assertThat(errors.toString().lines()).singleElement().asString().contains(what, "nowhere");
    }

    @ParameterizedTest
    @CsvSource({
        "--eap tls, --eap-certificate",
        "--eap mschapv2, --password-file",
        "--eap md5, --password-file",
        "--eap aka, --sim-file",
        "--eap ttls, --password-file",
        "--eap peap --password secret --inner pap, mschapv2 or gtc",
        "--eap ttls --password secret --inner eap-tls, eap-mschapv2",
        "--password secret --tls 1.1 --eap-certificate x --eap tls, --eap-private-key"
    })
    void methodWithoutItsCredentialNamesTheOption(String options, String named) {
        List<String> more = new ArrayList<>(List.of(options.split(" ")));
        more.addAll(List.of("--ca", "ca.crt"));
        assertThat(mn(more)).isEqualTo(2);
        assertThat(errors.toString().lines().findFirst().orElse("")).contains(named);
    }

    @Test
    void unknownMethodIsToldWhichThereAre() {
        assertThat(mn(List.of("--eap", "leap"))).isEqualTo(2);
        assertThat(errors.toString()).contains("leap", "mschapv2", "tls");
    }

    @ParameterizedTest
    @CsvSource({"k=00, lines k= and opc=", "k=secret, hexadecimal digits"})
    void brokenSimIsToldWithoutItsKey(String line, String told, @TempDir Path directory) throws IOException {
        Path sim = Files.writeString(directory.resolve("sim"), line);
        assertThat(mn(List.of("--ca", "ca.crt", "--sim-file", sim.toString()))).isEqualTo(1);
        assertThat(errors.toString()).contains(sim.toString(), told).doesNotContain("secret");
    }
}
