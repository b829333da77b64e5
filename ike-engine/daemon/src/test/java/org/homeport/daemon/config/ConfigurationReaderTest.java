package org.homeport.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.aaa.authorize.IdentityPattern;
import org.homeport.aaa.authorize.ServiceRule;
import org.homeport.aaa.authorize.Verdict;
import org.homeport.aaa.radius.eap.OuterIdentity;
import org.homeport.aaa.route.Realm;
import org.homeport.core.auth.EapTurn.IdentityQuestion;
import org.homeport.core.child.SaMode;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.RemoteAuth.EapOnly;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.core.policy.Timing;
import org.homeport.daemon.config.AaaSettings.NasSettings;
import org.homeport.daemon.config.Configuration.Algorithms;
import org.homeport.daemon.config.Configuration.Credentials;
import org.homeport.daemon.config.Configuration.RsaPadding;
import org.homeport.daemon.config.Configuration.SaBackend;
import org.homeport.daemon.config.ConnectionSettings.Auth;
import org.homeport.daemon.config.DynamicAuthorizationSettings.Client;
import org.homeport.daemon.config.EmbeddedSettings.EapMethod;
import org.homeport.daemon.config.RealmSettings.Answerer;
import org.homeport.daemon.config.ServerSettings.StatusServer;
import org.homeport.daemon.config.ServerSettings.Transport;
import org.homeport.eap.peap.BindingPolicy;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.lease.AddressRange;
import org.homeport.lease.PoolDefinition;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ConfigurationReaderTest {
    @Test
    void tenLinesAreAConfiguration() throws Exception {
        Path file = resource("minimal.yaml");
        Configuration read = ConfigurationReader.read(file);

        assertThat(read.listen()).containsExactly(new ListenSettings(IpAddress.parse("2001:db8:2::1"), 500, 4500));
        assertThat(read.identity()).hasToString("ha.example.org");
        assertThat(read.credentials())
                .contains(
                        new Credentials(file.resolveSibling("ha.crt"), file.resolveSibling("ha.key"), RsaPadding.PSS));
        assertThat(read.aaa())
                .contains(new AaaSettings(
                        Optional.of(new EmbeddedSettings(
                                file.resolveSibling("users"),
                                List.of(EapMethod.MSCHAPV2),
                                List.of(),
                                List.of(),
                                BindingPolicy.OPTIONAL)),
                        List.of(),
                        Duration.ofSeconds(15),
                        List.of(),
                        Optional.empty(),
                        OuterIdentity.REFUSE,
                        new NasSettings(Optional.empty(), Optional.empty())));
        assertThat(read.accounting()).isEmpty();
        assertThat(read.dynamicAuthorization()).isEmpty();
        assertThat(read.authorization().rules()).isEmpty();
        assertThat(read.saBackend()).isEqualTo(SaBackend.KERNEL);
        assertThat(read.algorithms()).isEqualTo(Algorithms.CURRENT);
        assertThat(read.keyLog()).isEmpty();
        assertThat(read.metrics()).isEmpty();
        assertThat(read.leaseStore()).isEqualTo(file.resolveSibling("leases.db"));
        assertThat(read.leaseHistory()).isEqualTo(Duration.ofDays(90));
        assertThat(read.control()).isEqualTo(file.resolveSibling("homeport.sock"));
        assertThat(read.limits()).isEqualTo(LimitSettings.DEFAULT);
        assertThat(read.log()).isEqualTo(LogSettings.DEFAULT);

        ConnectionSettings nodes = read.connections().getFirst();
        assertThat(nodes.name()).isEqualTo("nodes");
        assertThat(nodes.auth()).isEqualTo(new Auth.Eap(IdentityQuestion.SKIP, WithoutMsk.REFUSE, EapOnly.NEVER));
        assertThat(nodes.pools()).containsExactly("home6");
        assertThat(nodes.timing()).isEqualTo(Timing.DEFAULT);
        assertThat(nodes.ikeProposals()).isNotEmpty();
        assertThat(nodes.children()).singleElement().satisfies(net -> {
            assertThat(net.name()).isEqualTo("net");
            assertThat(net.mode()).isEqualTo(SaMode.TUNNEL);
            assertThat(net.localSelectors()).hasSize(2);
            assertThat(net.remoteSelectors()).isEmpty();
            assertThat(net.proposals()).isNotEmpty();
        });
    }

    @Test
    void everyKeyIsUnderstood() throws Exception {
        Path file = resource("maximal.yaml");
        Configuration read = ConfigurationReader.read(file);

        assertThat(read.listen())
                .containsExactly(
                        new ListenSettings(IpAddress.parse("192.0.2.1"), 500, 4500),
                        new ListenSettings(IpAddress.parse("2001:db8:2::1"), 5500, 5501));
        assertThat(read.credentials())
                .contains(new Credentials(
                        file.resolveSibling("pki/ha.crt"), Path.of("/etc/homeport/ha.key"), RsaPadding.PKCS1));
        AaaSettings aaa = read.aaa().orElseThrow();
        assertThat(aaa.embedded())
                .contains(new EmbeddedSettings(
                        file.resolveSibling("users"),
                        List.of(EapMethod.MSCHAPV2, EapMethod.MD5),
                        List.of("example.org"),
                        List.of(file.resolveSibling("pki/clients.crt")),
                        BindingPolicy.REQUIRED));
        assertThat(aaa.servers())
                .containsExactly(
                        new ServerSettings(
                                "home1",
                                IpAddress.parse("2001:db8:3::1"),
                                11812,
                                11813,
                                new Transport.Udp(file.resolveSibling("home1.secret")),
                                Optional.of(IpAddress.parse("2001:db8:2::1")),
                                List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                                Duration.ofMinutes(1),
                                StatusServer.NO),
                        new ServerSettings(
                                "home2",
                                IpAddress.parse("192.0.2.7"),
                                2083,
                                1813,
                                new Transport.Tls(
                                        "aaa.example.org",
                                        file.resolveSibling("nas.crt"),
                                        file.resolveSibling("nas.key"),
                                        List.of(file.resolveSibling("aaa-ca.crt"))),
                                Optional.empty(),
                                ServerSettings.RETRANSMITS,
                                ServerSettings.DEAD_TIME,
                                StatusServer.YES));
        assertThat(aaa.patience()).isEqualTo(Duration.ofSeconds(20));
        assertThat(aaa.realms())
                .containsExactly(
                        new RealmSettings("example.org", new Answerer.Servers(List.of("home1", "home2"))),
                        new RealmSettings("local.example", new Answerer.Embedded()),
                        new RealmSettings("gone.example", new Answerer.Nobody()),
                        new RealmSettings("*", new Answerer.Nobody()));
        assertThat(aaa.defaultRealm()).contains("example.org");
        assertThat(aaa.outerIdentity()).isEqualTo(OuterIdentity.TAKE);
        assertThat(aaa.nas()).isEqualTo(new NasSettings(Optional.of("ha-7"), Optional.of("msp.example")));
        assertThat(read.accounting())
                .contains(new AccountingSettings(
                        Duration.ofMinutes(5),
                        file.resolveSibling("queue.db"),
                        Optional.of(file.resolveSibling("cdr.jsonl"))));
        assertThat(read.dynamicAuthorization())
                .contains(new DynamicAuthorizationSettings(
                        List.of(
                                new Endpoint(IpAddress.parse("2001:db8:2::1"), 3799),
                                new Endpoint(IpAddress.parse("192.0.2.1"), 13799)),
                        List.of(new Client(
                                "home1",
                                List.of(IpPrefix.parse("2001:db8:3::1/128"), IpPrefix.parse("192.0.2.0/24")),
                                file.resolveSibling("home1.secret"),
                                List.of("example.org", "embedded"))),
                        Duration.ofMinutes(1)));
        assertThat(read.authorization().rules())
                .containsExactly(
                        new ServiceRule(
                                List.of(new Realm("example.org"), new Realm("local.example")),
                                List.of(new IdentityPattern("vip-*")),
                                List.of("TLS"),
                                List.of("gold", "staff"),
                                OptionalLong.of(3),
                                List.of("nodes"),
                                Verdict.ALLOW,
                                Optional.empty()),
                        new ServiceRule(
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                OptionalLong.of(0),
                                List.of(),
                                Verdict.REFUSE,
                                Optional.of("not here")));
        assertThat(read.trustAnchors()).hasSize(2);
        assertThat(read.algorithms()).isEqualTo(Algorithms.WITH_LEGACY);
        assertThat(read.saBackend()).isEqualTo(SaBackend.NONE);
        assertThat(read.keyLog()).contains(file.resolveSibling("keys.csv"));
        assertThat(read.metrics()).contains(new Endpoint(IpAddress.parse("::1"), 9464));
        assertThat(read.limits()).isEqualTo(new LimitSettings(500, 10, 1400));
        assertThat(read.log()).isEqualTo(new LogSettings(LogSettings.Format.JSON, Level.DEBUG));

        PoolDefinition home6 = read.pools().getFirst();
        assertThat(home6.ranges())
                .containsExactly(
                        AddressRange.parse("2001:db8:100::1000-2001:db8:100::1fff"),
                        AddressRange.parse("2001:db8:100::4000/116"));
        assertThat(home6.exclusions()).hasSize(2);
        assertThat(home6.reservations())
                .containsEntry("alice@example.org", List.of(IpAddress.parse("2001:db8:100::a11c")))
                .hasSize(2);
        assertThat(home6.dns()).containsExactly(IpAddress.parse("2001:db8::53"));
        assertThat(read.pools().getLast()).isEqualTo(PoolDefinition.of("home4", IpPrefix.parse("10.100.0.0/24")));
        assertThat(read.leaseRest()).isEqualTo(Duration.ofDays(7));

        ConnectionSettings nodes = read.connections().getFirst();
        assertThat(nodes.remote().text()).isEqualTo("*@example.org");
        assertThat(nodes.auth()).isEqualTo(new Auth.Eap(IdentityQuestion.ASK, WithoutMsk.ALLOW, EapOnly.ALLOW));
        assertThat(nodes.ikeProposals()).hasSize(2);
        assertThat(nodes.pools()).containsExactly("home4", "home6");
        assertThat(nodes.timing().retransmits()).startsWith(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(nodes.timing().liveness()).isZero();
        assertThat(nodes.timing().rekeyChild()).isEqualTo(Duration.ofMinutes(90));
        assertThat(nodes.children()).hasSize(2);
        assertThat(nodes.children().getFirst().localSelectors())
                .containsExactly(
                        TrafficSelector.of(IpPrefix.parse("::/0")), TrafficSelector.of(IpPrefix.parse("0.0.0.0/0")));
        assertThat(nodes.children().getLast()).satisfies(mh -> {
            assertThat(mh.mode()).isEqualTo(SaMode.TRANSPORT);
            assertThat(mh.localSelectors()).isEmpty();
            assertThat(mh.remoteSelectors()).isEmpty();
            assertThat(mh.protocol()).isEqualTo(135);
            assertThat(mh.reqid()).isEqualTo(7);
        });
        assertThat(read.connections().get(1).auth()).isEqualTo(new Auth.Certificate());
        assertThat(read.connections().get(1).pools()).isEmpty();
        assertThat(read.connections().get(2).auth()).isEqualTo(new Auth.SharedKey(file.resolveSibling("old.psk")));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(ConfigurationReaderTest.class
                .getResource("/configurations/" + name)
                .toURI());
    }
}
