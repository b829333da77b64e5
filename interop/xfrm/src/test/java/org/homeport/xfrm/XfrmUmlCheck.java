package org.homeport.xfrm;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output.RemoveSa.Policies;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;

/**
 * SAs of our making in a kernel that has ESP: run as root in a machine of its own (User-Mode Linux), with the modules
 * loaded. Two namespaces on one link, an {@link XfrmSaPort} in each, pings between them. Prints a PASS or FAIL line per
 * check and ends with status 1 if one failed.
 */
public final class XfrmUmlCheck {
    private static final int PINGS = 3;

    private static final List<String> TOPOLOGY = List.of(
            "netns add left",
            "netns add right",
            "link add l0 netns left address 02:00:00:00:00:01 type veth"
                    + " peer name r0 netns right address 02:00:00:00:00:02");

    private final List<String> failures = new ArrayList<>();
    private final UmlSide left;
    private final UmlSide right;
    private final UmlTwins plans;
    private int checks;

    private XfrmUmlCheck() throws Exception {
        for (String line : TOPOLOGY) {
            Namespace.run(Namespace.command(List.of("ip"), line.split(" ")));
        }
        configure("left", "l0", 1, 2);
        configure("right", "r0", 2, 1);
        left = UmlSide.open("left", "10.9.0.1", "2001:db8:9::1", "10.10.1.1", "2001:db8:a:1::1");
        right = UmlSide.open("right", "10.9.0.2", "2001:db8:9::2", "10.10.2.1", "2001:db8:a:2::1");
        plans = new UmlTwins(left, right);
    }

    /** Neighbours are permanent: a transport policy for everything would want neighbour discovery protected too. */
    private static void configure(String namespace, String link, int own, int peer) throws Exception {
        Namespace n = new Namespace(namespace);
        n.ip("link", "set", "lo", "up");
        for (String address : List.of("10.9.0." + own + "/24", "10.9.0.1" + own + "/24")) {
            n.ip("addr", "add", address, "dev", link);
        }
        for (String address : List.of("2001:db8:9::" + own + "/64", "2001:db8:9::1" + own + "/64")) {
            n.ip("addr", "add", address, "dev", link, "nodad");
        }
        n.ip("addr", "add", "10.10." + own + ".1/32", "dev", "lo");
        n.ip("addr", "add", "2001:db8:a:" + own + "::1/128", "dev", "lo", "nodad");
        n.ip("link", "set", link, "up");
        for (String address :
                List.of("10.9.0." + peer, "10.9.0.1" + peer, "2001:db8:9::" + peer, "2001:db8:9::1" + peer)) {
            n.ip("neigh", "replace", address, "lladdr", "02:00:00:00:00:0" + peer, "dev", link, "nud", "permanent");
        }
        n.ip("route", "add", "10.10." + peer + ".0/24", "via", "10.9.0." + peer, "src", "10.10." + own + ".1");
        n.ip("-6", "route", "add", "2001:db8:a:" + peer + "::/64", "via", "2001:db8:9::" + peer);
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(new XfrmUmlCheck().run());
    }

    private int run() throws Exception {
        kernelCheck();
        trafficMatrix();
        icmpTypesAsSelectors();
        mobilityHeaderTypesAsSelectors();
        rekey();
        twoChildrenWantOnePolicy();
        partialFailures();
        sweep();
        hardExpiry();
        migration();
        bypass();
        verdict(
                "nothing went wrong behind our back",
                left.ear().troubles().isEmpty() && right.ear().troubles().isEmpty(),
                left.ear().troubles() + " " + right.ear().troubles());
        left.port().close();
        right.port().close();
        System.out.println("xfrm: " + (checks - failures.size()) + " passed, " + failures.size() + " failed");
        return failures.isEmpty() ? 0 : 1;
    }

    private void kernelCheck() throws Exception {
        List<XfrmCheck.Finding> findings =
                left.namespace().call(() -> XfrmCheck.check(XfrmSettings.DEFAULT, RandomSource.of(new Random(1))));
        findings.forEach(f -> System.out.println("     " + f.verdict() + ": " + f.sentence()));
        verdict(
                "the kernel check finds all of ESP",
                findings.size() == 9 && findings.stream().allMatch(f -> f.verdict() == XfrmCheck.Verdict.GOOD),
                findings.toString());
        verdict("the kernel check leaves nothing behind", left.left().isEmpty(), left.left());
    }

    private void trafficMatrix() throws Exception {
        for (UmlTwins.Suite suite : List.of(
                UmlTwins.GCM_128,
                UmlTwins.GCM_256_ESN,
                UmlTwins.CHACHA,
                UmlTwins.CBC_SHA256,
                UmlTwins.CBC_SHA384,
                UmlTwins.CBC_SHA512_ESN)) {
            traffic(suite, SaMode.TUNNEL, true, true, Optional.empty());
            traffic(suite, SaMode.TRANSPORT, true, true, Optional.empty());
        }
        for (UmlTwins.Suite suite : List.of(UmlTwins.GCM_128, UmlTwins.CBC_SHA256)) {
            traffic(suite, SaMode.TUNNEL, false, false, Optional.empty());
            traffic(suite, SaMode.TRANSPORT, false, false, Optional.empty());
        }
        traffic(UmlTwins.GCM_128, SaMode.TUNNEL, true, false, Optional.empty());
        traffic(UmlTwins.GCM_128, SaMode.TUNNEL, false, true, Optional.empty());
        for (boolean sixth : List.of(true, false)) {
            try (DatagramChannel l = encapsulating(left, sixth);
                    DatagramChannel r = encapsulating(right, sixth)) {
                Optional<SaPlan.UdpEncapsulation> encapsulation = Optional.of(new SaPlan.UdpEncapsulation(4500, 4500));
                traffic(UmlTwins.GCM_128, SaMode.TUNNEL, sixth, sixth, encapsulation);
                traffic(UmlTwins.CBC_SHA256, SaMode.TUNNEL, sixth, !sixth, encapsulation);
                traffic(UmlTwins.GCM_128, SaMode.TRANSPORT, sixth, sixth, encapsulation);
                verdict(
                        "a marked IKE message still reaches the socket on 4500, " + family(sixth),
                        delivers(l, r, new byte[] {0, 0, 0, 0, 42}),
                        "it did not");
            }
        }
    }

    private void traffic(
            UmlTwins.Suite suite,
            SaMode mode,
            boolean outer6,
            boolean inner6,
            Optional<SaPlan.UdpEncapsulation> encapsulation)
            throws Exception {
        String name = "ping through " + mode + " " + suite.suite() + " over " + family(outer6)
                + (outer6 == inner6 ? "" : " carrying " + family(inner6))
                + (encapsulation.isPresent() ? " in UDP" : "");
        UmlTwins.Twins twins = plans.twins(suite, mode, outer6, inner6, encapsulation);
        SaOutcome onLeft = left.install(twins.onLeft(), Optional.empty());
        SaOutcome onRight = right.install(twins.onRight(), Optional.empty());
        boolean pings = pings(mode, outer6, inner6);
        String counters = "";
        boolean counted = true;
        for (Optional<SaCounters> c : List.of(
                left.port().counters(twins.onLeft().handle()),
                right.port().counters(twins.onRight().handle()))) {
            counters += c + " ";
            counted &= c.filter(XfrmUmlCheck::allPingsCounted).isPresent();
        }
        remove(twins);
        String rest = left.left() + right.left();
        verdict(
                name,
                pings && counted && rest.isEmpty(),
                onLeft + " " + onRight + " pings " + pings + " counters " + counters + rest);
    }

    private static boolean allPingsCounted(SaCounters counters) {
        return counters.inbound().packets() == PINGS
                && counters.outbound().packets() == PINGS
                && counters.inbound().octets() > 0
                && counters.outbound().octets() > 0;
    }

    private boolean pings(SaMode mode, boolean outer6, boolean inner6) throws Exception {
        return mode == SaMode.TUNNEL
                ? left.namespace()
                        .pings(
                                left.inner(inner6).toString(),
                                right.inner(inner6).toString())
                : left.namespace()
                        .pings(
                                left.outer(outer6).toString(),
                                right.outer(outer6).toString());
    }

    private void icmpTypesAsSelectors() throws Exception {
        UmlTwins.Twins twins = plans.twins(UmlTwins.GCM_128, SaMode.TRANSPORT, true, true, Optional.empty())
                .selecting(
                        new TrafficSelector(58, 0x8000, 0x8000, left.v6(), left.v6()),
                        new TrafficSelector(58, 0x8100, 0x81ff, right.v6(), right.v6()));
        left.install(twins.onLeft(), Optional.empty());
        right.install(twins.onRight(), Optional.empty());
        boolean there = pings(SaMode.TRANSPORT, true, true);
        Optional<SaCounters> after = left.port().counters(twins.onLeft().handle());
        boolean back = right.namespace().pings(right.v6().toString(), left.v6().toString());
        Optional<SaCounters> later = left.port().counters(twins.onLeft().handle());
        verdict(
                "ICMPv6 echo requests one way are selected by type, those the other way are not",
                there && back && after.filter(XfrmUmlCheck::allPingsCounted).isPresent() && later.equals(after),
                there + " " + back + " " + after + " " + later);
        remove(twins);
    }

    private void mobilityHeaderTypesAsSelectors() throws Exception {
        UmlTwins.Twins twins = plans.twins(UmlTwins.CBC_SHA256, SaMode.TRANSPORT, true, true, Optional.empty())
                .selecting(
                        new TrafficSelector(135, 0x0500, 0x0500, left.v6(), left.v6()),
                        new TrafficSelector(135, 0x0600, 0x0600, right.v6(), right.v6()));
        SaOutcome outcome = right.install(twins.onRight(), Optional.empty());
        String policies =
                right.namespace().ip("xfrm", "policy", "list", "nosock").replaceAll("\\s+", " ");
        String states = right.namespace().ip("xfrm", "state").replaceAll("\\s+", " ");
        boolean typeless =
                policies.matches(".*src 2001:db8:9::1/128 dst 2001:db8:9::2/128 proto (mobility-header|135) dir in .*");
        boolean answered = policies.matches(".*src 2001:db8:9::2/128 dst 2001:db8:9::1/128 proto \\S+ type 6.*");
        boolean truncated = states.matches(".*auth-trunc hmac\\(sha256\\) 0x[0-9a-f]+ 128 .*");
        boolean selected =
                states.matches(".*sel src 2001:db8:9::1/128 dst 2001:db8:9::2/128 proto (mobility-header|135) .*");
        verdict(
                "Binding Acknowledgements are selected by type, all of the Mobility Header must come in protected",
                typeless && answered && truncated && selected,
                outcome + policies + states);
        right.port().remove(twins.onRight().handle(), Policies.REMOVE);
        right.settle(twins.onRight().handle());
        verdict("and nothing of it stays", right.left().isEmpty(), right.left());
    }

    private void rekey() throws Exception {
        UmlTwins.Twins first = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, true, Optional.empty());
        left.install(first.onLeft(), Optional.empty());
        right.install(first.onRight(), Optional.empty());
        String policiesBefore = left.namespace().ip("xfrm", "policy", "list", "nosock");
        boolean before = pings(SaMode.TUNNEL, true, true);
        UmlTwins.Twins second = plans.renewed(first);
        SaOutcome onLeft =
                left.install(second.onLeft(), Optional.of(first.onLeft().handle()));
        SaOutcome onRight =
                right.install(second.onRight(), Optional.of(first.onRight().handle()));
        boolean between = pings(SaMode.TUNNEL, true, true);
        left.ear().removed().clear();
        left.port().remove(first.onLeft().handle(), Policies.KEEP);
        right.port().remove(first.onRight().handle(), Policies.KEEP);
        SaCounters last = left.ear().removed().poll(5, TimeUnit.SECONDS);
        boolean after = pings(SaMode.TUNNEL, true, true);
        Optional<SaCounters> counters = left.port().counters(second.onLeft().handle());
        String policiesAfter = left.namespace().ip("xfrm", "policy", "list", "nosock");
        verdict(
                "a rekeyed pair takes the policies over and the pings go on",
                before && between && after && policiesAfter.equals(policiesBefore),
                onLeft + " " + onRight + " " + before + between + after + policiesAfter);
        verdict(
                "the new pair carries the traffic, the old one's last counters were told",
                last != null
                        && last.outbound().packets() >= PINGS
                        && counters.filter(c -> c.outbound().packets() >= PINGS).isPresent(),
                last + " " + counters);
        remove(second);
        remove(first);
        verdict("removing both, twice, leaves nothing", (left.left() + right.left()).isEmpty(), left.left());
    }

    private void twoChildrenWantOnePolicy() throws Exception {
        UmlTwins.Twins old = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, true, Optional.empty());
        UmlTwins.Twins again = plans.twins(UmlTwins.CHACHA, SaMode.TUNNEL, true, true, Optional.empty());
        for (UmlTwins.Twins twins : List.of(old, again)) {
            left.install(twins.onLeft(), Optional.empty());
            right.install(twins.onRight(), Optional.empty());
        }
        boolean both = pings(SaMode.TUNNEL, true, true);
        remove(old);
        boolean oneLeft = pings(SaMode.TUNNEL, true, true);
        verdict(
                "a peer that came back has its new pair in force, before and after the old one goes",
                both && oneLeft,
                both + " " + oneLeft);
        left.install(old.onLeft(), Optional.empty());
        right.install(old.onRight(), Optional.empty());
        left.port().remove(old.onLeft().handle(), Policies.REMOVE);
        right.port().remove(old.onRight().handle(), Policies.REMOVE);
        verdict("when the last to claim goes, the one before is in force again", pings(SaMode.TUNNEL, true, true), "");
        remove(again);
        verdict("and nothing of either stays", (left.left() + right.left()).isEmpty(), left.left() + right.left());
    }

    private void partialFailures() throws Exception {
        UmlTwins.Twins there = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, true, Optional.empty());
        left.install(there.onLeft(), Optional.empty());
        String before = left.left().replaceAll("(lastused|seq).*", "");
        SaPlan fresh = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, false, Optional.empty())
                .onLeft();
        SaPlan sameSpi = UmlTwins.withOutbound(fresh, there.onLeft().outbound());
        SaOutcome outcome = left.install(sameSpi, Optional.empty());
        verdict(
                "an outbound SPI that is taken: refused in a sentence, and nothing left of it",
                outcome instanceof SaOutcome.Failed(String reason)
                        && reason.contains("already")
                        && left.left().replaceAll("(lastused|seq).*", "").equals(before),
                outcome + left.left());
        System.out.println("     " + outcome);
        left.port().remove(there.onLeft().handle(), Policies.REMOVE);
        left.settle(there.onLeft().handle());

        left.namespace()
                .ip(
                        "xfrm",
                        "policy",
                        "add",
                        "src",
                        left.inner4() + "/32",
                        "dst",
                        right.inner4() + "/32",
                        "dir",
                        "out",
                        "priority",
                        "7");
        SaOutcome foreign = left.install(fresh, Optional.empty());
        verdict(
                "a policy of somebody else in the way: refused, and only theirs is left",
                foreign instanceof SaOutcome.Failed(String reason)
                        && reason.contains("policy out")
                        && left.namespace().ip("xfrm", "state").isEmpty()
                        && left.left().lines().filter(l -> l.startsWith("src")).count() == 1,
                foreign + left.left());
        System.out.println("     " + foreign);
        left.namespace().ip("xfrm", "policy", "flush");

        SaPlan badKey = new SaPlan(
                fresh.name(),
                fresh.reqid(),
                fresh.mode(),
                UmlTwins.CBC_SHA256.suite(),
                fresh.inbound(),
                fresh.outbound(),
                fresh.local(),
                fresh.remote(),
                fresh.localSelectors(),
                fresh.remoteSelectors(),
                Optional.empty(),
                fresh.hardLifetime());
        SaOutcome malformed = left.install(badKey, Optional.empty());
        verdict(
                "a key of the wrong length: refused in a sentence",
                malformed instanceof SaOutcome.Failed && left.left().isEmpty(),
                malformed + left.left());
        System.out.println("     " + malformed);
    }

    private void sweep() throws Exception {
        Namespace namespace = left.namespace();
        XfrmSaPort crashed = namespace.call(() -> XfrmSaPort.open(XfrmSettings.DEFAULT, XfrmObserver.NONE));
        UmlTwins.Twins twins = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, true, Optional.empty());
        CompletableFuture<SaOutcome> answer = new CompletableFuture<>();
        crashed.install(twins.onLeft(), Optional.empty(), answer::complete);
        answer.get(10, TimeUnit.SECONDS);
        crashed.close();
        namespace.ip(
                "xfrm",
                "state",
                "add",
                "src",
                "2001:db8:9::1",
                "dst",
                "2001:db8:9::2",
                "proto",
                "esp",
                "spi",
                "0x1234",
                "reqid",
                "1",
                "mode",
                "tunnel",
                "aead",
                "rfc4106(gcm(aes))",
                "0x00112233445566778899aabbccddeeff01020304",
                "128");
        namespace.ip(
                "xfrm",
                "policy",
                "add",
                "src",
                "2001:db8:f::/64",
                "dst",
                "::/0",
                "dir",
                "out",
                "tmpl",
                "src",
                "2001:db8:9::1",
                "dst",
                "2001:db8:9::2",
                "proto",
                "esp",
                "reqid",
                "1",
                "mode",
                "tunnel");
        XfrmSweep.Swept swept = namespace.call(() -> XfrmSweep.sweep(XfrmSettings.DEFAULT));
        XfrmSweep.Swept again = namespace.call(() -> XfrmSweep.sweep(XfrmSettings.DEFAULT));
        long states = namespace
                .ip("xfrm", "state")
                .lines()
                .filter(l -> l.startsWith("src"))
                .count();
        long policies = namespace
                .ip("xfrm", "policy", "list", "nosock")
                .lines()
                .filter(l -> l.startsWith("src"))
                .count();
        verdict(
                "the sweep removes a crashed run's SAs and policies, and nobody else's",
                swept.sas().size() == 2 && swept.policies() == 3 && again.nothing() && states == 1 && policies == 1,
                swept + " " + again + " " + left.left());
        namespace.ip("xfrm", "state", "flush");
        namespace.ip("xfrm", "policy", "flush");
    }

    private void hardExpiry() throws Exception {
        SaPlan plan = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, true, Optional.empty())
                .onLeft();
        SaPlan shortLived = new SaPlan(
                plan.name(),
                plan.reqid(),
                plan.mode(),
                plan.suite(),
                plan.inbound(),
                plan.outbound(),
                plan.local(),
                plan.remote(),
                plan.localSelectors(),
                plan.remoteSelectors(),
                Optional.empty(),
                Duration.ofSeconds(1));
        left.ear().expired().clear();
        XfrmEvents events = left.namespace().call(() -> XfrmEvents.open(left.port()::heard));
        left.install(shortLived, Optional.empty());
        Event.SaExpired.Expiry expiry = left.ear().expired().poll(5, TimeUnit.SECONDS);
        verdict("the kernel's hard expiry is heard", expiry == Event.SaExpired.Expiry.HARD, "" + expiry);
        events.close();
        left.port().remove(plan.handle(), Policies.REMOVE);
        left.settle(plan.handle());
        verdict("what expired is removed without complaint", left.left().isEmpty(), left.left());
    }

    private void migration() throws Exception {
        UmlTwins.Twins twins = plans.twins(UmlTwins.GCM_128, SaMode.TUNNEL, true, true, Optional.empty());
        left.install(twins.onLeft(), Optional.empty());
        right.install(twins.onRight(), Optional.empty());
        boolean before = pings(SaMode.TUNNEL, true, true);
        IpAddress moved = IpAddress.parse("2001:db8:9::11");
        left.port().migrate(twins.onLeft().handle(), moved, right.v6());
        right.port().migrate(twins.onRight().handle(), right.v6(), moved);
        right.settle(twins.onRight().handle());
        boolean after = pings(SaMode.TUNNEL, true, true);
        String states =
                right.namespace().ip("xfrm", "state") + right.namespace().ip("xfrm", "policy");
        Optional<SaCounters> counters = right.port().counters(twins.onRight().handle());
        verdict(
                "a tunnel moves to another care-of address and the pings go on",
                before && after && states.contains("2001:db8:9::11") && !states.contains("2001:db8:9::1 "),
                before + " " + after + " " + states);
        verdict(
                "its counters go on too",
                counters.filter(c -> c.inbound().packets() == 2 * PINGS).isPresent(),
                counters.toString());
        remove(twins);
        verdict("the moved tunnel is removed by its first name", (left.left() + right.left()).isEmpty(), left.left());
    }

    private void bypass() throws Exception {
        for (boolean sixth : List.of(true, false)) {
            UmlTwins.Twins twins = plans.twins(UmlTwins.GCM_128, SaMode.TRANSPORT, sixth, sixth, Optional.empty());
            // Only one end has the SAs: whatever the policies catch is lost.
            left.install(twins.onLeft(), Optional.empty());
            try (DatagramChannel caught = channel(left, sixth, 501);
                    DatagramChannel free = channel(left, sixth, 500);
                    DatagramChannel peer = channel(right, sixth, 500)) {
                UdpSocketOptions.bypass((InetSocketAddress) free.getLocalAddress());
                boolean lost = !delivers(caught, peer, new byte[] {1});
                boolean through = delivers(free, peer, new byte[] {2});
                boolean back = delivers(peer, free, new byte[] {3});
                verdict(
                        "IKE's socket bypasses policies both ways, another does not, " + family(sixth),
                        lost && through && back,
                        lost + " " + through + " " + back);
            }
            left.port().remove(twins.onLeft().handle(), Policies.REMOVE);
            left.settle(twins.onLeft().handle());
        }
    }

    private DatagramChannel encapsulating(UmlSide side, boolean sixth) throws Exception {
        DatagramChannel channel = channel(side, sixth, 4500);
        UdpSocketOptions.bypass((InetSocketAddress) channel.getLocalAddress());
        UdpSocketOptions.decapsulateEsp((InetSocketAddress) channel.getLocalAddress());
        return channel;
    }

    private static DatagramChannel channel(UmlSide side, boolean sixth, int port) throws Exception {
        return side.namespace()
                .call(() -> DatagramChannel.open(sixth ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)
                        .bind(new InetSocketAddress(side.outer(sixth).toInetAddress(), port)));
    }

    private static boolean delivers(DatagramChannel from, DatagramChannel to, byte[] message) throws Exception {
        from.send(ByteBuffer.wrap(message), to.getLocalAddress());
        to.configureBlocking(false);
        try (Selector selector = to.provider().openSelector()) {
            to.register(selector, SelectionKey.OP_READ);
            if (selector.select(500) == 0) {
                return false;
            }
            ByteBuffer buffer = ByteBuffer.allocate(100);
            to.receive(buffer);
            return buffer.flip().equals(ByteBuffer.wrap(message));
        }
    }

    private void remove(UmlTwins.Twins twins) {
        left.port().remove(twins.onLeft().handle(), Policies.REMOVE);
        right.port().remove(twins.onRight().handle(), Policies.REMOVE);
        left.settle(twins.onLeft().handle());
        right.settle(twins.onRight().handle());
    }

    private static String family(boolean sixth) {
        return sixth ? "IPv6" : "IPv4";
    }

    private void verdict(String name, boolean good, String why) {
        checks++;
        if (good) {
            System.out.println("PASS " + name);
        } else {
            failures.add(name);
            System.out.println("FAIL " + name + ": " + why.strip());
        }
    }
}
