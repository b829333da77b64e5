package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Payload.Configuration.Attribute;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.lease.AddressRange;
import org.homeport.lease.LeasePlanner;
import org.homeport.lease.LeaseService;
import org.homeport.lease.LeaseTerms;
import org.homeport.lease.PoolDefinition;
import org.homeport.lease.Pools;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.sqlite.SqliteLeaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CFG_REQUEST and CFG_REPLY, with the pools and the store of the program behind the session (RFC 7296 section 3.15). */
class ConfigurationRequestTest {
    private static final IpPrefix HOME6 = IpPrefix.parse("2001:db8:100::/64");
    private static final IpAddress DNS6 = IpAddress.parse("2001:db8::53");
    private static final IpAddress DNS4 = IpAddress.parse("192.0.2.53");
    private static final IpAddress FREE = IpAddress.parse("2001:db8:100::17");
    private static final IpAddress ELSEWHERE = IpAddress.parse("2001:db8:200::17");
    private static final Pools POOLS = Pools.of(
            List.of(
                    PoolDefinition.of("home6", HOME6)
                            .withRanges(AddressRange.parse("2001:db8:100::10-2001:db8:100::1f"))
                            .withDns(DNS6),
                    PoolDefinition.of("home4", IpPrefix.parse("10.1.0.0/24")).withDns(DNS4)),
            Set.of());

    @TempDir
    private Path directory;

    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
    private SqliteLeaseStore store;
    private LeaseService service;

    @BeforeEach
    void start() throws StoreUnavailableException {
        store = SqliteLeaseStore.open(directory.resolve("leases.db"), "ha", bench.simulation.now());
        service = LeaseService.start(
                store,
                new LeasePlanner(POOLS, Duration.ZERO, bench.random),
                LeaseTerms.DEFAULT,
                () -> bench.simulation.now());
        bench.agent.pool = this::claim;
    }

    @AfterEach
    void stop() {
        service.close();
        store.close();
    }

    private LeaseOutcome claim(LeaseRequest request) {
        CompletableFuture<LeaseOutcome> outcome = new CompletableFuture<>();
        service.claim(request, outcome::complete);
        return outcome.join();
    }

    /** A node that asks for these. @return what CFG_REPLY says */
    private List<Attribute> reply(String node, Attribute... asked) {
        ScriptedPeer peer = bench.initiated();
        Payload.Identification id = peer.id(node);
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ScriptedPeer.with(
                        ScriptedPeer.child(0x1001),
                        id,
                        peer.auth(SampleConnections.NODE_KEY, id),
                        new Payload.Configuration(CpType.CFG_REQUEST, List.of(asked))));
        bench.assertNoBug();
        assertThat(Payload.first(answer, Payload.SecurityAssociation.class)).isPresent();
        Payload.Configuration reply =
                Payload.first(answer, Payload.Configuration.class).orElseThrow();
        assertThat(reply.cpType()).isEqualTo(CpType.CFG_REPLY);
        return reply.attributes();
    }

    private List<Attribute> reply(Attribute... asked) {
        return reply(SampleConnections.NODE_NAME, asked);
    }

    private static Attribute any(CpAttributeType type) {
        return new Attribute(type, Octets.EMPTY);
    }

    private static Attribute proposed(IpAddress address) {
        return new Attribute(
                CpAttributeType.INTERNAL_IP6_ADDRESS, address.octets().plus(Octets.of(64)));
    }

    private static List<Attribute> of(List<Attribute> reply, CpAttributeType type) {
        return reply.stream().filter(a -> a.type().equals(type)).toList();
    }

    private static IpAddress address6(List<Attribute> reply) {
        Octets value = ResponderBench.only(of(reply, CpAttributeType.INTERNAL_IP6_ADDRESS))
                .value();
        assertThat(value.length()).isEqualTo(17);
        assertThat(value.at(16)).isEqualTo(HOME6.length());
        return new IpAddress(value.slice(0, 16));
    }

    /** "Unrecognized or unsupported attributes MUST be ignored in both requests and responses" (section 3.15.1). */
    @Test
    void unknownAttributesAreIgnoredAndTheAddressIsGiven() {
        CpAttributeType unknown = new CpAttributeType(16384);
        CpAttributeType highest = new CpAttributeType(0x7fff);
        List<Attribute> reply = reply(
                new Attribute(unknown, Octets.utf8("what is this?")),
                any(CpAttributeType.INTERNAL_IP6_ADDRESS),
                any(highest),
                new Attribute(CpAttributeType.INTERNAL_IP4_NBNS, Octets.EMPTY));
        assertThat(HOME6.contains(address6(reply))).isTrue();
        assertThat(reply)
                .extracting(Attribute::type)
                .doesNotContain(unknown, highest, CpAttributeType.INTERNAL_IP4_NBNS);
    }

    @Test
    void proposedAddressThatIsFreeIsGranted() {
        assertThat(address6(reply(proposed(FREE)))).isEqualTo(FREE);
    }

    @Test
    void proposedAddressOfNoPoolIsReplaced() {
        IpAddress given = address6(reply(proposed(ELSEWHERE)));
        assertThat(given).isNotEqualTo(ELSEWHERE);
        assertThat(HOME6.contains(given)).isTrue();
    }

    @Test
    void proposedAddressThatAnotherHoldsIsReplaced() {
        assertThat(address6(reply("mn1@example.org", proposed(FREE)))).isEqualTo(FREE);
        IpAddress given = address6(reply("mn2@example.org", proposed(FREE)));
        assertThat(given).isNotEqualTo(FREE);
        assertThat(HOME6.contains(given)).isTrue();
    }

    /** The low-order octets alone: "the upper bits" are the pool's (section 3.15.1). */
    @Test
    void proposedLowOrderOctetsArePutUnderTheHomePrefix() {
        assertThat(address6(reply(proposed(IpAddress.parse("::17"))))).isEqualTo(FREE);
    }

    @Test
    void bothFamiliesAndTheirNameServersAreToldWhenAsked() {
        List<Attribute> reply = reply(
                any(CpAttributeType.INTERNAL_IP4_ADDRESS),
                any(CpAttributeType.INTERNAL_IP4_DNS),
                any(CpAttributeType.INTERNAL_IP6_ADDRESS),
                any(CpAttributeType.INTERNAL_IP6_DNS));
        assertThat(HOME6.contains(address6(reply))).isTrue();
        Octets address4 = ResponderBench.only(of(reply, CpAttributeType.INTERNAL_IP4_ADDRESS))
                .value();
        assertThat(IpPrefix.parse("10.1.0.0/24").contains(new IpAddress(address4)))
                .isTrue();
        assertThat(of(reply, CpAttributeType.INTERNAL_IP6_DNS))
                .containsExactly(new Attribute(CpAttributeType.INTERNAL_IP6_DNS, DNS6.octets()));
        assertThat(of(reply, CpAttributeType.INTERNAL_IP4_DNS))
                .containsExactly(new Attribute(CpAttributeType.INTERNAL_IP4_DNS, DNS4.octets()));
        assertThat(bench.agent.leases).hasSize(2);
    }

    @Test
    void familyThatIsNotAskedForIsNotGiven() {
        List<Attribute> reply = reply(any(CpAttributeType.INTERNAL_IP6_ADDRESS));
        assertThat(reply)
                .extracting(Attribute::type)
                .doesNotContain(CpAttributeType.INTERNAL_IP4_ADDRESS, CpAttributeType.INTERNAL_IP4_DNS);
    }
}
