package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionSummary;
import org.junit.jupiter.api.Test;

/** Whatever the network does: established on both sides or failed on both, and in the end nothing is left. */
class TwoPeersTest {
    private static final int SEEDS = Integer.getInteger("homeport.seeds", 1000);

    private static final Side.Faults NO_FAULTS = new Side.Faults(0, 0, Duration.ofMillis(50));

    private static final TwoPeers.Plan CLEAN = new TwoPeers.Plan(
            0,
            0,
            Duration.ofMillis(20),
            TwoPeers.Auth.EAP,
            TwoPeers.Auth.KEY,
            false,
            "aes128gcm16-prfsha256-x25519",
            "aes128gcm16",
            1280,
            1000,
            NO_FAULTS);

    @Test
    void quietNetworkBringsBothUp() {
        TwoPeers peers = new TwoPeers(new Simulation(1), CLEAN);
        peers.simulation.run(Duration.ofSeconds(5));

        SessionSummary node = peers.node.established().orElseThrow(() -> new AssertionError(peers.agent.story));
        SessionSummary agent = peers.agent.established().orElseThrow();
        assertThat(node.homeAddresses()).isEqualTo(agent.homeAddresses()).hasSize(1);
        assertThat(agent.authorization().identity()).isEqualTo("mn1@example.org");
        assertSameChildren(peers, 1);
        assertThat(peers.agent.leases).hasSize(1);
        assertThat(peers.agent.openEap).isEmpty();
    }

    @Test
    void everySeedEndsAlikeOnBothSidesAndLeavesNothing() {
        List<String> failures = new ArrayList<>();
        Set<String> kinds = new TreeSet<>();
        int established = 0;
        int failed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed);
            TwoPeers peers = new TwoPeers(simulation, plan(simulation));
            try {
                if (run(peers, kinds)) {
                    established++;
                } else {
                    failed++;
                }
            } catch (AssertionError e) {
                failures.add("seed " + seed + ": " + e.getMessage() + "\n  node: "
                        + String.join("\n        ", peers.node.story) + "\n  agent: "
                        + String.join("\n         ", peers.agent.story));
                if (failures.size() == 3) {
                    break;
                }
            }
        }
        assertThat(failures)
                .as("%d established, %d failed", established, failed)
                .isEmpty();
        // Both ends of the story have to occur, or the run proves nothing.
        assertThat(established).isGreaterThan(SEEDS / 4);
        assertThat(failed).isGreaterThan(SEEDS / 50);
        assertThat(kinds)
                .contains(
                        "EAP",
                        "EAP_ALONE",
                        "KEY",
                        "CERTIFICATE",
                        "TUNNEL",
                        "TRANSPORT",
                        "several children",
                        "shutdown");
    }

    /** @param kinds of what was established, added to; @return whether the two were */
    private static boolean run(TwoPeers peers, Set<String> kinds) {
        Simulation simulation = peers.simulation;
        simulation.run(Duration.ofSeconds(60));
        for (int i = 0; i < 6; i++) {
            randomOrder(peers);
            simulation.run(simulation.upTo(Duration.ofSeconds(8)));
        }
        peers.healNetwork();
        simulation.run(Duration.ofMinutes(3));

        boolean up = peers.node.established().isPresent();
        assertThat(peers.agent.established().isPresent()).as("agent up as node").isEqualTo(up);
        assertThat(peers.node.bugs).isEmpty();
        assertThat(peers.agent.bugs).isEmpty();
        if (up) {
            assertSameChildren(peers, peers.node.established().get().children().size());
            SessionSummary node = peers.node.established().get();
            assertThat(node.homeAddresses())
                    .isEqualTo(peers.agent.established().get().homeAddresses());
            assertThat(node.authorizedUntil().isPresent())
                    .as("node knows of its authorization's end")
                    .isEqualTo(peers.agent.established().get().authorizedUntil().isPresent());
            assertThat(peers.node.bySpi).as("node's IKE SAs").hasSize(1);
            assertThat(peers.agent.bySpi).as("agent's IKE SAs").hasSize(1);
            kinds.add(peers.plan.nodeAuth().toString());
            node.children().forEach(child -> kinds.add(child.mode().toString()));
            kinds.add(node.children().size() > 1 ? "several children" : "a child");
        }

        Side closer = simulation.chance(0.5) ? peers.node : peers.agent;
        boolean shutdown = simulation.chance(0.3);
        // A program that goes down, and will come back, keeps what it gave; whatever else ends a session takes it back.
        Set<String> kept = shutdown && closer == peers.agent ? Set.copyOf(peers.agent.leases) : Set.of();
        kinds.add(up && shutdown ? "shutdown" : "close");
        Event.Command last =
                shutdown ? new Event.Command.Shutdown() : new Event.Command.Close("done", Output.Cause.ADMIN_RESET);
        List.copyOf(closer.live).forEach(s -> closer.handle(s, last));
        simulation.run(Duration.ofMinutes(3));
        assertThat(peers.agent.leases).isEqualTo(kept);
        peers.agent.leases.clear();
        for (Side side : List.of(peers.node, peers.agent)) {
            assertThat(side.leftovers()).as(side.name).isEmpty();
            assertThat(side.bugs).isEmpty();
        }
        return up;
    }

    private static void randomOrder(TwoPeers peers) {
        Side side = peers.simulation.chance(0.5) ? peers.node : peers.agent;
        Optional<Session> session =
                side.live.stream().filter(s -> s.summary().isPresent()).findFirst();
        if (session.isEmpty()) {
            return;
        }
        List<SaPlan> children = session.get().summary().orElseThrow().children();
        Optional<Integer> child =
                children.stream().findFirst().map(p -> p.inbound().spi());
        Event.Command order = switch (peers.simulation.random.nextInt(7)) {
            case 0 -> new Event.Command.RekeyIke();
            case 1, 2 -> child.<Event.Command>map(Event.Command.RekeyChild::new).orElse(new Event.Command.Probe());
            case 3 -> new Event.Command.CreateChild(peers.simulation.chance(0.5) ? "net" : "signalling");
            case 4 ->
                child.filter(c -> children.size() > 1)
                        .<Event.Command>map(Event.Command.DeleteChild::new)
                        .orElse(new Event.Command.Probe());
            case 5 -> new Event.Command.Authorize(Optional.of(TwoPeers.AUTHORIZED.dividedBy(2)));
            default -> new Event.Command.Probe();
        };
        side.handle(session.get(), order);
    }

    private static void assertSameChildren(TwoPeers peers, int count) {
        List<SaPlan> nodes = peers.node.established().orElseThrow().children();
        List<SaPlan> agents = peers.agent.established().orElseThrow().children();
        assertThat(nodes.stream()
                        .map(p -> p.inbound().spi() + "/" + p.outbound().spi()))
                .as("each child on both sides")
                .containsExactlyInAnyOrderElementsOf(agents.stream()
                        .map(p -> p.outbound().spi() + "/" + p.inbound().spi())
                        .toList())
                .hasSize(count);
        for (SaPlan node : nodes) {
            SaPlan agent = agents.stream()
                    .filter(p -> p.inbound().spi() == node.outbound().spi())
                    .findFirst()
                    .orElseThrow();
            assertThat(node.outbound()).isEqualTo(agent.inbound());
            assertThat(node.inbound()).isEqualTo(agent.outbound());
            assertThat(node.localSelectors()).isEqualTo(agent.remoteSelectors());
            assertThat(node.mode()).isEqualTo(agent.mode());
        }
        assertPolicies(peers.node, nodes);
        assertPolicies(peers.agent, agents);
        assertThat(peers.node.silent).as("node's pairs by which nothing leaves").isEmpty();
        assertThat(peers.agent.silent)
                .as("agent's pairs by which nothing leaves")
                .isEmpty();
        assertThat(peers.node.kernel.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        nodes.stream().map(SaPlan::handle).toList());
        assertThat(peers.agent.kernel.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        agents.stream().map(SaPlan::handle).toList());
    }

    private static void assertPolicies(Side side, List<SaPlan> children) {
        assertThat(side.policies)
                .as(side.name + " policies")
                .isEqualTo(children.stream().map(SaPlan::reqid).collect(Collectors.toSet()));
    }

    private static TwoPeers.Plan plan(Simulation simulation) {
        boolean faulty = simulation.chance(0.2);
        return new TwoPeers.Plan(
                simulation.random.nextDouble() * 0.35,
                simulation.random.nextDouble() * 0.3,
                simulation.upTo(Duration.ofMillis(1500)),
                pick(
                        simulation,
                        TwoPeers.Auth.EAP,
                        TwoPeers.Auth.EAP_ALONE,
                        TwoPeers.Auth.KEY,
                        TwoPeers.Auth.CERTIFICATE),
                pick(simulation, TwoPeers.Auth.KEY, TwoPeers.Auth.CERTIFICATE),
                simulation.chance(0.1),
                pick(
                        simulation,
                        "aes128gcm16-prfsha256-x25519",
                        "aes256-sha256-prfsha256-ecp256-x25519",
                        "chacha20poly1305-prfsha512-x25519",
                        "aes128-sha512-prfsha384-x25519"),
                pick(simulation, "aes128gcm16", "aes256-sha256-x25519", "chacha20poly1305"),
                pick(simulation, 1280, 300),
                pick(simulation, 1000, 0),
                new Side.Faults(faulty ? 0.2 : 0, faulty ? 0.2 : 0, simulation.upTo(Duration.ofSeconds(4))));
    }

    @SafeVarargs
    private static <T> T pick(Simulation simulation, T... choices) {
        return choices[simulation.random.nextInt(choices.length)];
    }
}
