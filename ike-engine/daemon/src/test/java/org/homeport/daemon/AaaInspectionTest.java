package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.daemon.Installation.homeport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.daemon.Installation.Ran;
import org.homeport.daemon.ScriptedRadius.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code homeport check} says of AAA. */
class AaaInspectionTest {
    private static final String SECRET = "a secret of some length";

    @TempDir
    Path directory;

    private Installation installation = new Installation(Path.of("."));

    @BeforeEach
    void install() throws Exception {
        installation = Installation.in(directory.resolve("hp"));
        secret("home.secret", SECRET + "\n");
    }

    private void secret(String name, String text) throws Exception {
        Path file = installation.directory().resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** @param more lines below {@code aaa}, indented by two */
    private void aaa(String more) throws Exception {
        String text = Files.readString(installation.file());
        Files.writeString(installation.file(), text.replaceFirst("(?m)^aaa:.*$", "$0\n" + more.stripTrailing()));
    }

    private Ran check(String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "check";
        all[1] = "-c";
        all[2] = installation.file().toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return homeport(all);
    }

    private String path(String name) {
        return installation.directory().resolve(name).toString();
    }

    @Test
    void goodServerPasses() throws Exception {
        aaa("""
              servers:
                home: {address: 127.0.0.1, secret-file: home.secret}
              realms: {example.org: home, "*": refuse}
            """);
        Ran ran = check();
        assertThat(ran.out())
                .doesNotContain("WRONG")
                .contains("RADIUS home", path("home.secret") + ": a secret of 23 octets")
                .contains("127.0.0.1:1812 has a route, from 127.0.0.1")
                .contains("example.org by home, * by nobody")
                .doesNotContain(SECRET);
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void secretsThatAreMissingEmptyOrOpenToAllAreWrong() throws Exception {
        secret("empty.secret", "\n");
        secret("open.secret", SECRET + "\n");
        Files.setPosixFilePermissions(
                installation.directory().resolve("open.secret"), PosixFilePermissions.fromString("rw-r--r--"));
        aaa("""
              servers:
                missing: {address: 127.0.0.1, secret-file: missing.secret}
                empty: {address: 127.0.0.1, secret-file: empty.secret}
                open: {address: 127.0.0.1, secret-file: open.secret}
            """);
        Ran ran = check();
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out().lines().filter(line -> line.startsWith("WRONG")))
                .anySatisfy(line -> assertThat(line).contains("RADIUS missing", "there is no file"))
                .anySatisfy(line -> assertThat(line).contains("RADIUS empty", "the first line is empty"))
                .anySatisfy(line -> assertThat(line).contains("RADIUS open", "chmod o-rwx " + path("open.secret")));
    }

    @Test
    void secretsThatAreRarelyMeantAreNoted() throws Exception {
        secret("short.secret", "testing123\n");
        secret("lines.secret", SECRET + "\nand another line\n");
        secret("space.secret", SECRET + " \r\n");
        aaa("""
              servers:
                short: {address: 127.0.0.1, secret-file: short.secret}
                lines: {address: 127.0.0.1, secret-file: lines.secret}
                space: {address: 127.0.0.1, secret-file: space.secret}
              realms: {example.org: [short, lines]}
            """);
        Ran ran = check();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines().filter(line -> line.startsWith("NOTE")))
                .anySatisfy(line -> assertThat(line).contains("RADIUS short", "has 10 octets; 16 at least"))
                .anySatisfy(line -> assertThat(line).contains("RADIUS lines", "has 2 lines: only the first counts"))
                .anySatisfy(line -> assertThat(line).contains("RADIUS space", "white space"))
                .anySatisfy(line -> assertThat(line).contains("RADIUS space", "no realm names it"));
        assertThat(ran.out()).doesNotContain("testing123");
    }

    @Test
    void sourceOfAnotherHostIsWrong() throws Exception {
        aaa("""
              servers:
                home: {address: 127.0.0.1, source: 192.0.2.77, secret-file: home.secret}
            """);
        assertThat(check().out())
                .containsPattern("WRONG RADIUS home +127.0.0.1:1812 from source 192.0.2.77 cannot be reached");
    }

    @Test
    void certificatesForRadSecHaveToBelongToTheirKeys() throws Exception {
        aaa("""
              servers:
                good: {address: 127.0.0.1, transport: tls, server-name: aaa.example.org, certificate: ha.crt,
                       private-key: ha.key, trust-anchors: ca.crt}
                mixed: {address: 127.0.0.1, transport: tls, server-name: aaa.example.org, certificate: ha.crt,
                        private-key: ca.key, trust-anchors: nowhere.crt}
            """);
        assertThat(check().out())
                .containsPattern("OK +RADIUS good +.*ha.key is the certificate's key")
                .containsPattern("OK +RADIUS good +.*ha.crt, until ")
                .containsPattern("OK +RADIUS good +.*ca.crt: CN=Homeport throw-away CA, until ")
                .containsPattern("WRONG RADIUS mixed +.*ca.key.*not for this private key")
                .containsPattern("WRONG RADIUS mixed +.*nowhere.crt");
    }

    @Test
    void defaultRealmThatNobodyAnswersForIsWrong() throws Exception {
        aaa("""
              realms: {example.org: embedded}
              default-realm: example.com
            """);
        assertThat(check().out()).containsPattern("WRONG realms +default-realm is 'example.com'");
    }

    @Test
    void patienceThatAPeerDoesNotHaveIsNoted() throws Exception {
        aaa("""
              servers:
                home: {address: 127.0.0.1, secret-file: home.secret}
              patience: 30s
            """);
        Ran ran = check();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).containsPattern("NOTE +aaa.patience +30s is not below the 30s of .*timing.half-open");
    }

    @Test
    void queueOfAccountingAndSecretsOfOrdersAreLookedAt() throws Exception {
        Files.writeString(installation.directory().resolve("blocked"), "a file, no directory");
        installation.append("""
                accounting: {queue: blocked/accounting.db, cdr: cdr.jsonl}
                dynamic-authorization:
                  listen: {address: 127.0.0.1, port: 0}
                  clients: {home: {address: 127.0.0.1, secret-file: nowhere}}
                """.stripTrailing());
        assertThat(check().out())
                .containsPattern("WRONG accounting queue +no permission to make files in .*blocked")
                .containsPattern("OK +call detail records +.*cdr.jsonl can be written")
                .containsPattern("OK +port 127.0.0.1:0 +free")
                .containsPattern("WRONG orders of home +shared secret .*nowhere");
    }

    @Test
    void serversAreAskedOnlyWhenThatIsWanted() throws Exception {
        try (ScriptedRadius home = new ScriptedRadius(SECRET, request -> Said.of(RadiusCode.ACCESS_ACCEPT));
                ScriptedRadius mute = new ScriptedRadius(SECRET, request -> Optional.empty())) {
            aaa("""
                  servers:
                    home: {address: 127.0.0.1, port: %d, secret-file: home.secret}
                    mute: {address: 127.0.0.1, port: %d, secret-file: home.secret, retransmits: [200ms]}
                """.formatted(home.port(), mute.port()));
            assertThat(check().exitCode()).isZero();
            assertThat(home.asked()).isEmpty();

            Ran ran = check("--ask-servers");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out())
                    .containsPattern("OK +RADIUS home +answers Status-Server with Access-Accept after [0-9]+ ms")
                    .containsPattern("WRONG RADIUS mute +mute did not answer.*know this host as a client");
            assertThat(home.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.code()).isEqualTo(RadiusCode.STATUS_SERVER));
        }
    }
}
