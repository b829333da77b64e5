package org.homeport.testbeds.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.testbeds.esp.EspTable;
import org.homeport.testbeds.ha.SmallHomeAgent.Verdict;
import org.homeport.testbeds.mip6.MobilityHeader;
import org.homeport.testbeds.mip6.MobilityHeader.BindingAcknowledgement;
import org.homeport.testbeds.mip6.MobilityHeader.BindingUpdate;
import org.homeport.testbeds.mip6.SignallingPacket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmallHomeAgentTest {
    private static final IpAddress HOME = IpAddress.parse("2001:db8:100::1000");
    private static final IpAddress OTHER_HOME = IpAddress.parse("2001:db8:100::1001");
    private static final IpAddress AGENT = IpAddress.parse("2001:db8:2::1");
    private static final IpAddress CARE_OF = IpAddress.parse("2001:db8:1::10");
    private static final int AHK = BindingUpdate.ACKNOWLEDGE | BindingUpdate.HOME | BindingUpdate.KEY_MOBILITY;
    private static final EspSuite SUITE = new EspSuite(EncryptionId.AES_GCM_16, 128, Optional.empty(), EsnId.NO_ESN);

    private final Crypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private final RandomSource random = RandomSource.of(new Random(3));
    private final EspTable agentSas = new EspTable(crypto, random);
    private final EspTable nodeSas = new EspTable(crypto, random);
    private final SmallHomeAgent agent =
            new SmallHomeAgent(agentSas, () -> Instant.parse("2026-11-23T00:00:00Z"), Duration.ofMinutes(7));

    @BeforeEach
    void sas() {
        EspKeys toAgent = new EspKeys(0x1001, Secret.copyOf(random.octets(20)), Secret.copyOf(Octets.EMPTY));
        EspKeys toNode = new EspKeys(0x1002, Secret.copyOf(random.octets(20)), Secret.copyOf(Octets.EMPTY));
        agentSas.install(plan(toAgent, toNode, AGENT, HOME), Optional.empty(), done -> {});
        nodeSas.install(plan(toNode, toAgent, HOME, AGENT), Optional.empty(), done -> {});
    }

    private static SaPlan plan(EspKeys inbound, EspKeys outbound, IpAddress local, IpAddress remote) {
        return new SaPlan(
                "mh",
                1,
                SaMode.TRANSPORT,
                SUITE,
                inbound,
                outbound,
                local,
                remote,
                List.of(TrafficSelector.of(IpPrefix.host(local), 135)),
                List.of(TrafficSelector.of(IpPrefix.host(remote), 135)),
                Optional.empty(),
                Duration.ofHours(1));
    }

    private Octets packet(IpAddress home, BindingUpdate update) {
        Octets message = MobilityHeader.encode(update, home, AGENT);
        Octets esp = nodeSas.pairs().getFirst().outbound().seal(MobilityHeader.PROTOCOL, message);
        return new SignallingPacket(CARE_OF, AGENT, Optional.of(home), Optional.empty(), SignallingPacket.ESP, esp)
                .encode();
    }

    private static BindingUpdate update(int sequence) {
        return new BindingUpdate(sequence, AHK, 300, Optional.of(CARE_OF));
    }

    @Test
    void protectedUpdateIsAcceptedAndAnsweredUnderEsp() throws Exception {
        Verdict verdict = agent.handle(packet(HOME, update(1)));

        assertThat(verdict).isInstanceOf(Verdict.Answered.class);
        SignallingPacket answer = SignallingPacket.decode(((Verdict.Answered) verdict).answer());
        assertThat(answer.destination()).isEqualTo(CARE_OF);
        assertThat(answer.routingHeader()).contains(HOME);
        Octets message =
                nodeSas.pairs().getFirst().inbound().open(answer.payload()).payload();
        assertThat(MobilityHeader.decode(message, AGENT, HOME)).isEqualTo(new BindingAcknowledgement(0, 1, 300));
        assertThat(agent.bindings())
                .singleElement()
                .satisfies(b -> assertThat(b.careOf()).isEqualTo(CARE_OF));
    }

    @Test
    void unprotectedUpdateIsDropped() {
        Octets message = MobilityHeader.encode(update(1), HOME, AGENT);
        Octets packet = new SignallingPacket(
                        CARE_OF, AGENT, Optional.of(HOME), Optional.empty(), MobilityHeader.PROTOCOL, message)
                .encode();

        assertThat(agent.handle(packet)).isEqualTo(new Verdict.Dropped("not protected by ESP"));
        assertThat(agent.bindings()).isEmpty();
    }

    @Test
    void oneNodesSaCannotRegisterAnothersAddress() {
        assertThat(agent.handle(packet(OTHER_HOME, update(1)))).isInstanceOf(Verdict.Dropped.class);
        assertThat(agent.bindings()).isEmpty();
    }

    @Test
    void replayedPacketIsDropped() {
        Octets packet = packet(HOME, update(1));
        agent.handle(packet);

        assertThat(agent.handle(packet)).isInstanceOf(Verdict.Dropped.class);
    }

    @Test
    void oldSequenceNumberGetsStatus135WithTheLastOne() {
        agent.handle(packet(HOME, update(5)));

        Verdict verdict = agent.handle(packet(HOME, update(4)));

        assertThat(((Verdict.Answered) verdict).acknowledgement()).isEqualTo(new BindingAcknowledgement(135, 5, 0));
    }

    @Test
    void updateFromAwayWithoutAlternateCareOfIsProhibited() {
        Verdict verdict = agent.handle(packet(HOME, new BindingUpdate(1, AHK, 300, Optional.empty())));

        assertThat(((Verdict.Answered) verdict).acknowledgement().status()).isEqualTo(129);
        assertThat(agent.bindings()).isEmpty();
    }

    @Test
    void lifetimeZeroTakesTheBindingBack() {
        agent.handle(packet(HOME, update(1)));

        agent.handle(packet(HOME, new BindingUpdate(2, AHK, 0, Optional.of(CARE_OF))));

        assertThat(agent.bindings()).isEmpty();
    }
}
