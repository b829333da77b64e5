package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.daemon.Installation.homeport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.homeport.daemon.Installation.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "status", "reload", "leases", "init"})
    void everyCommandExplainsItselfWithAnExample(String command) {
        Ran ran = homeport(command, "--help");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Usage: homeport " + command, "homeport " + command + " ", "Example");
    }

    @Test
    void wrongUsageIsExitStatusTwo() {
        assertThat(homeport("run", "--no-such-option").exitCode()).isEqualTo(2);
        assertThat(homeport("walk").exitCode()).isEqualTo(2);
        assertThat(homeport("init").exitCode()).isEqualTo(2);
    }

    @Test
    void wrongAddressIsNamedAndIsExitStatusTwo() {
        Ran ran = homeport("init", directory.resolve("hp").toString(), "--listen", "2001:db8::g");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("--listen", "2001:db8::g").doesNotContain("Exception", "\tat ");
    }

    @Test
    void directoryThatCannotBeMadeIsToldInOneSentence() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Ran ran = homeport("init", file.resolve("hp").toString());
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains(file.toString()).hasLineCount(1);
    }

    @Test
    void freshInstallationPassesItsCheck() throws Exception {
        Installation installation = Installation.in(directory.resolve("hp"));
        Ran check = homeport("check", "-c", installation.file().toString());
        assertThat(check.out()).doesNotContain("WRONG").contains("is for ha.example.org", "NOTE  ESP");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void initKeepsSecretsSecretAndReplacesNothing() throws Exception {
        Path hp = directory.resolve("hp");
        Ran ran = homeport("init", hp.toString());
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("homeport check -c", "homeport run -c", "homeport status -c");
        for (String name : new String[] {"users", "ha.key", "ca.key", "strongswan/swanctl.conf"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hp.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        String password = Files.readString(hp.resolve("users")).replaceAll("(?s).*secret=(\\S+).*", "$1");
        assertThat(password).hasSize(24);
        assertThat(Files.readString(hp.resolve("strongswan/swanctl.conf"))).contains(password);
        assertThat(ran.out()).doesNotContain(password);

        Ran again = homeport("init", hp.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is there already and is not replaced");
        assertThat(Files.readString(hp.resolve("users"))).contains(password);
    }

    @Test
    void checkTellsEveryWrongThingAndFails() throws Exception {
        Installation installation = Installation.in(directory.resolve("hp"));
        installation.replace("identity: ha.example.org", "identity: other.example.org");
        Files.writeString(directory.resolve("hp/users"), "alice@example.org\n");
        Files.setPosixFilePermissions(directory.resolve("hp/ha.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Ran check = homeport("check", "-c", installation.file().toString());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .contains("is not for FQDN \"other.example.org\"")
                .contains("'identity' has to be one of its subjectAltNames")
                .contains("ha.key can be read by everybody on this host: chmod o-rwx")
                .contains("neither secret= nor nt-hash=");
    }

    @Test
    void checkTellsConfigurationErrorsWithTheirLines() throws Exception {
        Installation installation = Installation.in(directory.resolve("hp"));
        installation.replace("auth: eap ", "auth: eapp ");
        installation.replace("sa-backend: none", "sa-backend: nowhere");
        Ran check = homeport("check", "-c", installation.file().toString());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("WRONG configuration") && line.contains("homeport.yaml:"));
    }

    @Test
    void runWithAWrongConfigurationIsExitStatusOne() {
        Ran run = homeport("run", "-c", directory.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none.yaml:1:1: there is no file").doesNotContain("\tat ");
    }

    @Test
    void statusWithoutADaemonIsExitStatusOne() {
        Ran status = homeport("status", "--socket", directory.resolve("nobody").toString());
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.err()).contains("Nobody answers at", "is 'homeport run' running");
    }
}
