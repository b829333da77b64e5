package org.homeport.vici;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.vici.ViciException.Kind;

/** What one asks of charon, in words. A command that charon refuses is a {@link Kind#REFUSED} with its own reason. */
public final class Charon {
    /** Beyond charon's own timeout, for its answer to come. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ViciClient client;

    public Charon(ViciClient client) {
        this.client = client;
    }

    /** The daemon's name and strongSwan's version, as charon-systemd and 5.9.8. */
    public record Version(String daemon, String version, String system, String release, String machine) {}

    public Version version() throws ViciException {
        ViciMessage answer = client.request("version", ViciMessage.EMPTY);
        return new Version(
                field(answer, "daemon"),
                field(answer, "version"),
                field(answer, "sysname"),
                field(answer, "release"),
                field(answer, "machine"));
    }

    private static String field(ViciMessage answer, String name) {
        return answer.text(name).orElse("");
    }

    /**
     * Makes a connection, or replaces the one of that name.
     *
     * @param definition what swanctl.conf has below {@code connections.<name>}
     */
    public void loadConnection(String name, ViciMessage definition) throws ViciException {
        command("load-conn", ViciMessage.EMPTY.with(name, definition));
    }

    public void unloadConnection(String name) throws ViciException {
        command("unload-conn", ViciMessage.EMPTY.with("name", name));
    }

    /** The connections that were loaded over VICI. */
    public List<String> connections() throws ViciException {
        return client.request("get-conns", ViciMessage.EMPTY).list("conns");
    }

    /** What a shared secret is for. */
    public enum SharedKind {
        IKE,
        EAP
    }

    /**
     * Gives charon a shared secret.
     *
     * @param id by which the same secret is replaced later
     * @param owners the identities that it is between or of
     */
    public void loadShared(String id, SharedKind kind, Secret secret, List<String> owners) throws ViciException {
        command(
                "load-shared",
                ViciMessage.EMPTY
                        .with("id", id)
                        .with("type", kind.name())
                        .with("data", secret.expose())
                        .with("owners", owners));
    }

    /** What a certificate is to charon. */
    public enum CertificateRole {
        CA("CA"),
        END_ENTITY("NONE");

        private final String flag;

        CertificateRole(String flag) {
            this.flag = flag;
        }
    }

    /**
     * Gives charon an X.509 certificate.
     *
     * @param certificate DER or PEM
     */
    public void loadCertificate(CertificateRole role, Octets certificate) throws ViciException {
        command(
                "load-cert",
                ViciMessage.EMPTY.with("type", "X509").with("flag", role.flag).with("data", certificate));
    }

    /**
     * Gives charon a private key.
     *
     * @param key DER or PEM, of whatever algorithm
     * @return charon's name for it, the SHA-1 of its public key in hexadecimal; empty from charon before 5.5.2
     */
    public String loadKey(Secret key) throws ViciException {
        return command("load-key", ViciMessage.EMPTY.with("type", "any").with("data", key.expose()))
                .text("id")
                .orElse("");
    }

    /** Forgets every credential that came over VICI. */
    public void clearCredentials() throws ViciException {
        command("clear-creds", ViciMessage.EMPTY);
    }

    /**
     * Sets up an SA and waits for it.
     *
     * @param child of the connection, with the IKE SA if need be; empty for the IKE SA alone
     * @param patience after which charon answers that it takes too long; it goes on trying
     */
    public void initiate(String connection, Optional<String> child, Duration patience) throws ViciException {
        ViciMessage arguments = ViciMessage.EMPTY.with("ike", connection);
        if (child.isPresent()) {
            arguments = arguments.with("child", child.get());
        }
        command("initiate", timed(arguments, patience), patience.plus(GRACE));
    }

    /** One SA, or all of a name. */
    public sealed interface Target {
        /** The argument's name in VICI. */
        String key();

        String value();

        /** An IKE SA, with its children. */
        record Ike(long uniqueId) implements Target {
            @Override
            public String key() {
                return "ike-id";
            }

            @Override
            public String value() {
                return Long.toString(uniqueId);
            }
        }

        record Child(long uniqueId) implements Target {
            @Override
            public String key() {
                return "child-id";
            }

            @Override
            public String value() {
                return Long.toString(uniqueId);
            }
        }

        /** All IKE SAs of a connection. */
        record Connection(String name) implements Target {
            @Override
            public String key() {
                return "ike";
            }

            @Override
            public String value() {
                return name;
            }
        }
    }

    /**
     * Deletes SAs towards their peers, and waits for it.
     *
     * @return how many matched
     */
    public int terminate(Target target, Duration patience) throws ViciException {
        ViciMessage arguments = timed(ViciMessage.EMPTY.with(target.key(), target.value()), patience);
        return number(command("terminate", arguments, patience.plus(GRACE)), "matches");
    }

    /**
     * Starts to rekey SAs, and does not wait for it.
     *
     * @return how many matched
     */
    public int rekey(Target target) throws ViciException {
        return number(command("rekey", ViciMessage.EMPTY.with(target.key(), target.value())), "matches");
    }

    /** All IKE SAs with their children; those that charon is busy with right now too. */
    public List<IkeSaView> sas() throws ViciException {
        List<IkeSaView> sas = new ArrayList<>();
        for (ViciMessage message : client.stream("list-sas", "list-sa", ViciMessage.EMPTY)) {
            for (ViciMessage.Section sa : message.sections()) {
                sas.add(IkeSaView.of(sa));
            }
        }
        return sas;
    }

    private static ViciMessage timed(ViciMessage arguments, Duration patience) {
        return arguments.with("timeout", Long.toString(Math.max(1, patience.toMillis())));
    }

    private static int number(ViciMessage answer, String name) throws ViciException {
        return (int) Numbers.of(answer, name);
    }

    private ViciMessage command(String command, ViciMessage arguments) throws ViciException {
        return checked(command, client.request(command, arguments));
    }

    private ViciMessage command(String command, ViciMessage arguments, Duration patience) throws ViciException {
        return checked(command, client.request(command, arguments, patience));
    }

    private static ViciMessage checked(String command, ViciMessage answer) throws ViciException {
        if (!answer.text("success").orElse("").equals("yes")) {
            throw new ViciException(
                    Kind.REFUSED,
                    "charon refuses " + command.toLowerCase(Locale.ROOT) + ": "
                            + answer.text("errmsg").orElse("it gives no reason"));
        }
        return answer;
    }
}
