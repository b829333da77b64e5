package org.homeport.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationProblemsTest {
    private static final Path FILE = Path.of("/etc/homeport/homeport.yaml");

    /** Ten lines without a mistake: the wrong one of each case goes below them, so it is line 10. */
    private static final String SOUND = """
            listen: 2001:db8:2::1
            identity: ha.example.org
            certificate: ha.crt
            private-key: ha.key
            aaa: {users: users, methods: mschapv2}
            pools:
              home6: 2001:db8:100::/64
            connections:
              nodes:
            """;

    static Stream<Arguments> wrongLines() {
        return Stream.of(
                wrong(
                        "    auth: eapp",
                        "10:11: connections.nodes.auth: 'eapp': expected eap, certificate or psk; did you mean 'eap'?"),
                wrong(
                        "    atuh: eap",
                        "10:5: connections.nodes: 'atuh': unknown key; known here: auth, authorize, children, eap, ike-proposals, pools, psk-file, remote, timing; did you mean 'auth'?"),
                wrong(
                        "    ike_proposals: aes128-sha256-ecp256",
                        "10:5: connections.nodes: 'ike_proposals': unknown key; known here: auth, authorize, children, eap, ike-proposals, pools, psk-file, remote, timing; did you mean 'ike-proposals'?"),
                wrong(
                        "    pools: home4",
                        "10:12: connections.nodes.pools: 'home4': expected a name from the section pools; did you mean 'home6'?"),
                wrong(
                        "    ike-proposals: aes128-sha256",
                        "10:20: connections.nodes.ike-proposals: 'aes128-sha256': 'aes128-sha256' is not an IKE proposal: one of"),
                wrong(
                        "    ike-proposals: aes128-sha1-modp2048",
                        "10:20: connections.nodes.ike-proposals: 'aes128-sha1-modp2048': SHA-1 and MODP-1024 are only taken with legacy-algorithms: yes; expected algorithms joined by '-', as aes128gcm16-prfsha256-x25519 or aes128-sha256-ecp256"),
                wrong(
                        "    children: {net: {esp-proposals: [aes128gcm16, blowfish]}}",
                        "10:51: connections.nodes.children.net.esp-proposals: 'blowfish': 'blowfish' is not an ESP proposal: 'blowfish' is none of"),
                wrong(
                        "    remote: a*@example.org",
                        "10:13: connections.nodes.remote: 'a*@example.org': expected an identity, or a pattern with one * in front, as *@example.org"),
                wrong(
                        "    psk: hunter2",
                        "10:5: connections.nodes: 'psk': a key does not stand in the configuration: put it into a file of its own and name that with psk-file"),
                wrong(
                        "    authorize: aaa",
                        "10:16: connections.nodes.authorize: 'aaa': only goes with auth: certificate or psk; with EAP the AAA authorizes anyway"),
                wrong("    psk-file: x", "10:15: connections.nodes.psk-file: 'x': only goes with auth: psk"),
                wrong(
                        "    eap: {identity: never}",
                        "10:21: connections.nodes.eap.identity: 'never': expected ask or skip"),
                wrong(
                        "    timing: {half-open: 30}",
                        "10:25: connections.nodes.timing.half-open: '30': expected a duration above zero, as 500ms, 30s, 5m, 4h or 7d"),
                wrong(
                        "    timing: {liveness: soon}",
                        "10:24: connections.nodes.timing.liveness: 'soon': expected a duration, as 500ms, 30s, 5m, 4h or 7d, or never"),
                wrong("    timing: 30s", "10:13: connections.nodes.timing: '30s': expected keys with their values"),
                wrong(
                        "    children: {net: {mode: tunel}}",
                        "10:28: connections.nodes.children.net.mode: 'tunel': expected tunnel or transport; did you mean 'tunnel'?"),
                wrong(
                        "    children: {net: {local: 2001:db8::1/64}}",
                        "10:29: connections.nodes.children.net.local: '2001:db8::1/64': expected a prefix or dynamic, with a protocol and port if wanted, as ::/0, dynamic[mh] or 10.0.0.0/8[tcp/443]"),
                wrong(
                        "    children: {net: {remote: [dynamic, 10.0.0.0/8]}}",
                        "10:30: connections.nodes.children.net.remote: '[...]': expected dynamic alone, or prefixes"),
                wrong(
                        "    children: {net: {reqid: 0}}",
                        "10:29: connections.nodes.children.net.reqid: '0': expected a number from 1 to 2147483647"),
                wrong(
                        "  home: 1\n  home: 2",
                        "11:3: connections: 'home': this key stands here twice: keep one of the two"),
                wrong("listen: 192.0.2.1", "10:1: 'listen': this key stands here twice: keep one of the two"),
                wrong(
                        "sa-backend: kernal",
                        "10:13: sa-backend: 'kernal': expected kernel or none; did you mean 'kernel'?"),
                wrong("legacy-algorithms: maybe", "10:20: legacy-algorithms: 'maybe': expected yes or no"),
                wrong("rsa-padding: pkcs", "10:14: rsa-padding: 'pkcs': expected pss or pkcs1; did you mean 'pkcs1'?"),
                wrong(
                        "lease-history: never",
                        "10:16: lease-history: 'never': expected a duration above zero, as 500ms, 30s, 5m, 4h or 7d"),
                wrong("key-log: on", "10:10: key-log: 'on': expected off or the name of a file"),
                wrong(
                        "metrics: 9464",
                        "10:10: metrics: '9464': expected an address and a port, as 127.0.0.1:9464 or [::1]:9464"),
                wrong(
                        "limits: {half-open: many}",
                        "10:21: limits.half-open: 'many': expected a number from 1 to 1000000"),
                wrong("log: {level: loud}", "10:14: log.level: 'loud': expected error, warn, info, debug or trace"),
                wrong(
                        "trust-ancors: ca.crt",
                        "10:1: 'trust-ancors': unknown key; known here: aaa, accounting, authorization, certificate, connections, control, dynamic-authorization, identity, key-log, lease-history, lease-rest, lease-store, legacy-algorithms, limits, listen, log, metrics, pools, private-key, rsa-padding, sa-backend, trust-anchors; did you mean 'trust-anchors'?"),
                wrong(
                        "authorization: {group: gold}",
                        "10:16: authorization.decision: missing: expected allow or refuse"),
                wrong(
                        "authorization: [{decision: deny}]",
                        "10:28: authorization.decision: 'deny': expected allow or refuse"),
                wrong(
                        "authorization: [{decision: allow, connection: node}]",
                        "10:47: authorization.connection: 'node': expected a name from the section connections; did you mean 'nodes'?"),
                wrong(
                        "authorization: [{decision: allow, mip6-features: all}]",
                        "10:50: authorization.mip6-features: 'all': expected bits of MIP6-Feature-Vector as a number, as 1 or 0x20000000000, or any"),
                wrong(
                        "authorization: [{decision: refuse, realm: '*.example.org'}]",
                        "10:43: authorization.realm: '*.example.org': expected a realm, as example.org; patterns go with identity, as *@*.example.org"),
                wrong(
                        "authorization: [{decision: refuse, method: eap-tls}]",
                        "10:44: authorization.method: 'eap-tls': expected CERTIFICATE, SHARED-KEY, or an EAP method: MD5,"),
                wrong(
                        "authorization: [{decision: allow, group: []}]",
                        "10:42: authorization.group: '[...]': expected at least one; without the key, any will do"),
                wrong("control: [a, b]", "10:10: control: '[...]': expected the name of a file"),
                wrong("log: {format: json", "11:1: not YAML: expected ',' or '}', but got <stream end>"));
    }

    private static Arguments wrong(String lines, String problem) {
        return Arguments.of(lines, problem);
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void problemNamesLineKeyValueAndExpectation(String lines, String problem) {
        assertThat(problems(SOUND + lines + "\n")).anyMatch(p -> p.startsWith("homeport.yaml:" + problem));
    }

    @Test
    void soundLinesHaveNoProblem() throws ConfigurationException {
        assertThat(ConfigurationReader.parse(FILE, SOUND).connections()).hasSize(1);
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFile() {
        String text = """
                listen:
                  - localhost
                  - {address: 2001:db8::1, port: 70000}
                  - {adress: 192.0.2.1}
                  - {address: 192.0.2.2, port: 500, nat-port: 500}
                certificate: ha.crt
                pools:
                  home6: 2001:db8:100::1/64
                  home4: {prefix: 10.0.0.0/24, range: 10.0.1.1-10.0.1.9, exclude: 10.0.2.0}
                connections:
                  one: {auth: certificate}
                  two: {auth: psk}
                  three: {}
                """;
        assertThat(problems(text))
                .containsExactly(
                        "homeport.yaml:1:1: aaa: missing: expected who judges those that authenticate by EAP, as 'users: FILE' below it",
                        "homeport.yaml:1:1: identity: missing: expected our name as the certificate has it, as ha.example.org",
                        "homeport.yaml:1:1: private-key: missing: expected the file with the certificate's private key, as ha.key",
                        "homeport.yaml:1:1: trust-anchors: missing: expected the certificate authorities of those who authenticate by certificate",
                        "homeport.yaml:2:5: listen: 'localhost': expected an address of this host, as 2001:db8:2::1, or :: or 0.0.0.0 for all it has",
                        "homeport.yaml:3:34: listen.port: '70000': expected a number from 0 to 65535",
                        "homeport.yaml:4:5: listen.address: missing: expected an address of this host, as 2001:db8:2::1, or :: or 0.0.0.0 for all it has",
                        "homeport.yaml:4:6: listen: 'adress': unknown key; known here: address, nat-port, port; did you mean 'address'?",
                        "homeport.yaml:5:5: listen: '{...}': port and nat-port are the same: expected two ports, as 500 and 4500",
                        "homeport.yaml:8:10: pools.home6: '2001:db8:100::1/64': expected a prefix, as 2001:db8:100::/64, with its host part zero",
                        "homeport.yaml:9:39: pools.home4.range: '10.0.1.1-10.0.1.9': expected addresses within the pool's prefix 10.0.0.0/24",
                        "homeport.yaml:9:67: pools.home4.exclude: '10.0.2.0': expected addresses within the pool's prefix 10.0.0.0/24",
                        "homeport.yaml:12:8: connections.two.psk-file: missing: expected the file with the pre-shared key");
    }

    @Test
    void methodThatNoConnectionTakesIsAMistake() {
        assertThat(problems(SOUND.replace("methods: mschapv2", "methods: [md5]")))
                .containsExactly(
                        "homeport.yaml:5:30: aaa.methods: '[...]': md5 makes no MSK and no connection takes such"
                                + " methods: take it out, or say 'eap: {methods-without-msk: allow}' in a connection");
        assertThat(problems(SOUND.replace("methods: mschapv2", "methods: pap")))
                .containsExactly(
                        "homeport.yaml:5:30: aaa.methods: 'pap': expected mschapv2, md5, tls, ttls, peap, aka, aka-prime or psk;"
                                + " did you mean 'peap'?");
        assertThat(problems(SOUND.replace("methods: mschapv2", "methods: tls")))
                .singleElement()
                .asString()
                .contains("aaa.trust-anchors: missing");
    }

    static Stream<Arguments> wrongAaa() {
        return Stream.of(
                wrong(
                        "{}",
                        "5:6: aaa.users: missing: expected the file with the users, as 'users: users'; or RADIUS servers, in a section 'servers'"),
                wrong(
                        "{servers: {a: {address: 2001:db8::1}}}",
                        "5:20: aaa.servers.a.secret-file: missing: expected the name of a file"),
                wrong(
                        "{servers: {a: {address: aaa.example.org, secret-file: s}}}",
                        "5:30: aaa.servers.a.address: 'aaa.example.org': expected an IPv6 or IPv4 address, as 2001:db8::1"),
                wrong(
                        "{servers: {a: {address: 192.0.2.1, secret: x}}}",
                        "5:41: aaa.servers.a: 'secret': a secret does not stand in the configuration: put it into a file of its own and name that with secret-file"),
                wrong(
                        "{servers: {a: {address: 192.0.2.1, secret-file: s, server-name: n}}}",
                        "5:70: aaa.servers.a.server-name: 'n': only goes with transport: tls"),
                wrong(
                        "{servers: {a: {address: 192.0.2.1, transport: tls, secret-file: s}}}",
                        "5:70: aaa.servers.a.secret-file: 's': only goes with transport: udp; over TLS everything takes one connection"),
                wrong(
                        "{servers: {a: {address: 192.0.2.1, secret-file: s, retransmits: []}}}",
                        "5:70: aaa.servers.a.retransmits: '[...]': expected at least one duration"),
                wrong(
                        "{patience: 0s, servers: {a: {address: 192.0.2.1, secret-file: s}}}",
                        "5:17: aaa.patience: '0s': expected a duration above zero, as 500ms, 30s, 5m, 4h or 7d"),
                wrong(
                        "{servers: {refuse: {address: 192.0.2.1, secret-file: s}}}",
                        "5:25: aaa.servers.refuse: '{...}': this word has a meaning in 'realms': expected another name for the server"),
                wrong(
                        "{users: u, realms: {example.org: home1}}",
                        "5:39: aaa.realms.example.org: 'home1': expected names from the section servers, embedded or refuse, as [home1, home2]"),
                wrong(
                        "{users: u, servers: {a: {address: 192.0.2.1, secret-file: s}}, realms: {x: [a, refuse]}}",
                        "5:81: aaa.realms.x: '[...]': expected servers, or embedded or refuse alone"),
                wrong(
                        "{servers: {a: {address: 192.0.2.1, secret-file: s}}, realms: {x: embedded}}",
                        "5:71: aaa.realms.x: 'embedded': there is no embedded AAA: expected 'users: FILE' in the section aaa"),
                wrong(
                        "{users: u, realms: {'*.example.org': embedded}}",
                        "5:43: aaa.realms.*.example.org: 'embedded': this key is no realm: expected a realm, as example.org, or \"*\""),
                wrong(
                        "{users: u, realms: {embedded: embedded}}",
                        "5:36: aaa.realms.embedded: 'embedded': this key is no realm"),
                wrong(
                        "{users: u, realms: {example.org: embedded, Example.ORG: refuse}}",
                        "5:62: aaa.realms.Example.ORG: 'refuse': this realm stands here twice, as realms are compared without case"),
                wrong(
                        "{users: u, default-realm: a@b}",
                        "5:32: aaa.default-realm: 'a@b': expected a realm, as example.org"));
    }

    @ParameterizedTest
    @MethodSource("wrongAaa")
    void problemWithAnAaaIsNamed(String aaa, String problem) {
        assertThat(problems(SOUND.replace("{users: users, methods: mschapv2}", aaa)))
                .anyMatch(p -> p.startsWith("homeport.yaml:" + problem));
    }

    @Test
    void methodsOfRulesAreComparedAsTheAuditNamesThem() throws ConfigurationException {
        assertThat(ConfigurationReader.parse(
                                FILE,
                                SOUND
                                        + "authorization: [{decision: allow, method: [tls, aka-prime, shared-key, Ttls]}]\n")
                        .authorization()
                        .rules()
                        .getFirst()
                        .methods())
                .containsExactly("TLS", "AKA'", "SHARED-KEY", "TTLS");
    }

    @Test
    void dynamicAuthorizationIsForNamedClients() {
        assertThat(problems(SOUND + "dynamic-authorization: {listen: here, clients: {a: {secret-file: s}}}\n"))
                .containsExactly(
                        "homeport.yaml:10:33: dynamic-authorization.listen: 'here': expected an IPv6 or IPv4 address, as 2001:db8::1",
                        "homeport.yaml:10:52: dynamic-authorization.clients.a.address: missing: expected an address or a prefix, as 2001:db8:3::1 or 2001:db8:3::/64");
        assertThat(problems(SOUND + "dynamic-authorization: {}\n"))
                .anyMatch(p -> p.contains("dynamic-authorization.clients: missing: expected at least one"))
                .anyMatch(p -> p.contains("dynamic-authorization.listen: missing: expected an address of this host"));
    }

    @Test
    void clientsOfOrdersAreLimitedToRealmsThatAreThere() {
        assertThat(
                        problems(
                                SOUND
                                        + "dynamic-authorization: {listen: 192.0.2.1, clients: {a: {address: 192.0.2.9, secret-file: s, realms: [embedded, example.org]}}}\n"))
                .singleElement()
                .asString()
                .contains("dynamic-authorization.clients.a.realms: 'example.org': expected realms of aaa.realms");
    }

    @Test
    void emptyFileMissesWhatIsNeeded() {
        assertThat(problems(""))
                .anyMatch(p -> p.contains("listen: missing"))
                .anyMatch(p -> p.contains("connections: missing"));
    }

    @Test
    void fileThatIsNotThereIsAProblemToo() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(Path.of("/nowhere/homeport.yaml")))
                .withMessage("homeport.yaml:1:1: there is no file /nowhere/homeport.yaml");
    }

    @Test
    void problemIsAlsoARecord() {
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> ConfigurationReader.parse(FILE, SOUND + "sa-backend: kernal\n"));
        assertThat(thrown.problems())
                .containsExactly(new Problem(
                        FILE,
                        10,
                        13,
                        "sa-backend",
                        Optional.of("kernal"),
                        "expected kernel or none",
                        Optional.of("kernel")));
    }

    private static List<String> problems(String text) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> ConfigurationReader.parse(FILE, text));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(Problem::toString).toList();
    }
}
