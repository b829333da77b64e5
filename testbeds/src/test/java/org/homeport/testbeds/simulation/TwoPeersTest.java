package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Event;
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
        int established = 0;
        int failed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed);
            TwoPeers peers = new TwoPeers(simulation, plan(simulation));
            try {
                if (run(peers)) {
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
    }

    /** @return whether the two were established */
    private static boolean run(TwoPeers peers) {
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
            assertThat(peers.node.established().get().homeAddresses())
                    .isEqualTo(peers.agent.established().get().homeAddresses());
        }

        Side closer = simulation.chance(0.5) ? peers.node : peers.agent;
        List.copyOf(closer.live).forEach(s -> closer.handle(s, new Event.Command.Close("done")));
        simulation.run(Duration.ofMinutes(3));
        for (Side side : List.of(peers.node, peers.agent)) {
            assertThat(side.live).as(side.name + " sessions").isEmpty();
            assertThat(side.kernel).as(side.name + " SAs").isEmpty();
            assertThat(side.leases).as(side.name + " leases").isEmpty();
            assertThat(side.openEap).as(side.name + " EAP").isEmpty();
            assertThat(side.bySpi).as(side.name + " SPIs").isEmpty();
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
        Event.Command order = switch (peers.simulation.random.nextInt(6)) {
            case 0 -> new Event.Command.RekeyIke();
            case 1, 2 -> child.<Event.Command>map(Event.Command.RekeyChild::new).orElse(new Event.Command.Probe());
            case 3 -> new Event.Command.CreateChild("net");
            case 4 ->
                child.filter(c -> children.size() > 1)
                        .<Event.Command>map(Event.Command.DeleteChild::new)
                        .orElse(new Event.Command.Probe());
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
        }
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

    private static TwoPeers.Plan plan(Simulation simulation) {
        boolean faulty = simulation.chance(0.2);
        return new TwoPeers.Plan(
                simulation.random.nextDouble() * 0.35,
                simulation.random.nextDouble() * 0.3,
                simulation.upTo(Duration.ofMillis(1500)),
                simulation.chance(0.7) ? TwoPeers.Auth.EAP : TwoPeers.Auth.PSK,
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
