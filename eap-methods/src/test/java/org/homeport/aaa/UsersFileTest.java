package org.homeport.aaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.homeport.eap.Methods;
import org.homeport.eap.Nai;
import org.homeport.eap.aka.Aka;
import org.homeport.eap.aka.Sqn;
import org.homeport.eap.psk.PskKeys;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
    private static final Set<String> METHODS = Set.of("MSCHAPV2", "MD5");

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void emptyFile() throws IOException {
        path = directory.resolve("users");
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void everythingThatAUserCanHave() throws Exception {
        UsersFile users = open("# people\n\t\n"
                + "mn1@Home.Example secret=\"correct horse\" method=MD5,MSCHAPV2 pool=home6,spare pool=last"
                + " group=staff address=2001:db8::5,192.0.2.5 session-timeout=3600 # a comment\n");
        assertThat(users.size()).isEqualTo(1);
        User user = users.find(new Nai("mn1@home.example")).orElseThrow();
        assertThat(user.name().text()).isEqualTo("mn1@Home.Example");
        assertThat(user.secret()).isEqualTo(new UserSecret.Password(Secret.utf8("correct horse")));
        assertThat(user.methods()).containsExactly("MD5", "MSCHAPV2");
        assertThat(user.pools()).containsExactly("home6", "spare", "last");
        assertThat(user.groups()).containsExactly("staff");
        assertThat(user.addresses()).containsExactly(IpAddress.parse("2001:db8::5"), IpAddress.parse("192.0.2.5"));
        assertThat(user.sessionTimeout()).contains(Duration.ofHours(1));
    }

    @Test
    void quotesCommentsAndLineEnds() throws Exception {
        UsersFile users = open("\ufeff\"two words\" secret=\"a \\\"b\\\" \\\\ # c\"\r\nBIGCO\\x secret=p#q=\\r\r\n");
        assertThat(secretOf(users, "two words")).isEqualTo(Secret.utf8("a \"b\" \\ # c"));
        assertThat(secretOf(users, "BIGCO\\x")).isEqualTo(Secret.utf8("p#q=\\r"));
    }

    @Test
    void ntHashIsKept() throws Exception {
        User user = open("User nt-hash=44EBBA8D5312B8D611474411F56989AE")
                .find(new Nai("User"))
                .orElseThrow();
        assertThat(((UserSecret.HashedForMschap) user.secret()).hash()).isEqualTo(Methods.ntHash("clientPass"));
    }

    @Test
    void certificateTakesThePlaceOfASecret() throws Exception {
        User user = open("mn1@home.example certificate=yes")
                .find(new Nai("mn1@home.example"))
                .orElseThrow();
        assertThat(user.secret()).isEqualTo(new UserSecret.Certificate());
    }

    @Test
    void simAndSharedKey() throws Exception {
        UsersFile users =
                open("1@a k=5122250214c33e723a5dd523fc145fc0 opc=981d464c7c52eb6e5036234984ad0bcf sqn=16f3b3f70fc2\n"
                        + "2@a psk=000102030405060708090a0b0c0d0e0f");
        assertThat(users.find(new Nai("1@a")).orElseThrow().secret())
                .isEqualTo(new UserSecret.Sim(Aka.SIM, new Sqn(0x16f3b3f70fc2L)));
        assertThat(users.find(new Nai("2@a")).orElseThrow().secret())
                .isEqualTo(new UserSecret.Psk(
                        PskKeys.of(Secret.copyOf(Octets.fromHex("000102030405060708090a0b0c0d0e0f")))));
    }

    @Test
    void namesCompareWithCaseAndRealmsWithout() throws Exception {
        UsersFile users = open("mn1@home.example secret=x");
        assertThat(users.find(new Nai("mn1@HOME.example"))).isPresent();
        assertThat(users.find(new Nai("MN1@home.example"))).isEmpty();
        assertThat(users.find(new Nai("mn1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    mn1                          | line 2: user 'mn1' has neither secret= nor nt-hash= nor certificate=yes nor k= and opc= nor psk=
                    mn1 k=00                     | user 'mn1': k= needs 32 hexadecimal digits, it has 2 characters
                    mn1 k=000102030405060708090a0b0c0d0e0f | user 'mn1': a SIM without opc=; expected k= and opc=
                    mn1 secret=a amf=8000        | user 'mn1': a SIM without k=
                    mn1 amf=8000 amf=8000        | amf= stands there twice
                    mn1 psk=x                    | psk= needs 32 hexadecimal digits, it has 1 characters
                    mn1 secret=                  | has an empty secret=; expected a password
                    mn1 secret=a nt-hash=0       | nt-hash= needs 32 hexadecimal digits, it has 1 characters
                    mn1 secret=a secret=b        | more than one of secret=, nt-hash=, certificate=, k= and psk=
                    mn1 secret=a certificate=yes | more than one of secret=, nt-hash=, certificate=, k= and psk=
                    mn1 certificate=ca.pem       | certificate=ca.pem; expected certificate=yes
                    mn1 secret=a method=MSCHAP2  | method 'MSCHAP2'; expected one of MD5, MSCHAPV2
                    mn1 secret=a address=::g     | address '::g'; expected an address like 2001:db8::5
                    mn1 secret=a pool=a,,b       | nothing between
                    mn1 secret=a group=          | nothing between
                    mn1 secret=a session-timeout=0 | session-timeout '0'; expected seconds, 1 or more
                    mn1 secret=a passwd=b        | unknown key 'passwd'; expected secret=, nt-hash=
                    mn1 secret=correct horse     | user 'mn1': a word without '='
                    mn1 secret="open             | the quote opened in column 12 is not closed
                    mn1 secret="a\\nb"            | a backslash in column
                    mn0 secret=b                 | user 'mn0' stands in line 1 already
                    "" secret=b                  | the user name is an empty identity
                    """)
    void errorsNameLineAndWhatWasExpected(String line, String message) {
        assertThatThrownBy(() -> open("mn0 secret=a\n" + line))
                .isInstanceOf(UsersFileException.class)
                .hasMessageStartingWith(path + ", line 2: ")
                .hasMessageContaining(message);
    }

    @Test
    void wordsThatMayBePasswordsAreNotRepeated() {
        assertThatThrownBy(() -> open("mn1 secret=correct horse")).hasMessageNotContainingAny("horse", "correct");
    }

    @Test
    void missingFileAndOtherEncodingsAreToldApart() throws IOException {
        assertThatThrownBy(() -> UsersFile.open(directory.resolve("none"), METHODS))
                .isInstanceOf(UsersFileException.class)
                .hasMessageContaining("cannot be read");
        Files.write(path, "m\u00e4x secret=a".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> UsersFile.open(path, METHODS))
                .isInstanceOf(UsersFileException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void changedFileIsReadAgain() throws Exception {
        UsersFile users = open("mn1 secret=a");
        rewrite("mn2 secret=b\n", 1);
        assertThat(users.find(new Nai("mn1"))).isEmpty();
        assertThat(users.find(new Nai("mn2"))).isPresent();
    }

    @Test
    void usersStayWhileAChangedFileIsWrong() throws Exception {
        UsersFile users = open("mn1 secret=a");
        rewrite("mn1 secret=\"", 1);
        assertThat(users.find(new Nai("mn1"))).isPresent();
        assertThatThrownBy(users::reload).isInstanceOf(UsersFileException.class);
        Files.delete(path);
        assertThat(users.find(new Nai("mn1"))).isPresent();
        rewrite("mn2 secret=b\n", 2);
        assertThat(users.find(new Nai("mn1"))).isEmpty();
    }

    private UsersFile open(String text) throws IOException, UsersFileException {
        Files.writeString(path, text);
        return UsersFile.open(path, METHODS);
    }

    private void rewrite(String text, int hours) throws IOException {
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH.plus(Duration.ofHours(hours))));
    }

    private static Secret secretOf(UsersFile users, String name) {
        return ((UserSecret.Password) users.find(new Nai(name)).orElseThrow().secret()).text();
    }
}
