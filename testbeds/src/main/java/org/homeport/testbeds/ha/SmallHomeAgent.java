package org.homeport.testbeds.ha;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.homeport.core.message.TrafficSelector;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.testbeds.esp.EspException;
import org.homeport.testbeds.esp.EspSa;
import org.homeport.testbeds.esp.EspTable;
import org.homeport.testbeds.mip6.MobilityHeader;
import org.homeport.testbeds.mip6.MobilityHeader.BindingAcknowledgement;
import org.homeport.testbeds.mip6.MobilityHeader.BindingUpdate;
import org.homeport.testbeds.mip6.SignallingPacket;

/**
 * The home agent behind the engine, as small as can be: Binding Updates in, Acknowledgements out, both under the ESP SAs
 * that IKE made (RFC 6275 section 10.3, RFC 4877 section 4.3). Packets in, packets out; no sockets.
 */
public final class SmallHomeAgent {
    private static final int SEQUENCE_WINDOW = 32768;

    private final EspTable sas;
    private final InstantSource clock;
    private final Duration maxLifetime;
    private final BindingCache cache = new BindingCache();

    /** @param maxLifetime of a binding */
    public SmallHomeAgent(EspTable sas, InstantSource clock, Duration maxLifetime) {
        this.sas = sas;
        this.clock = clock;
        this.maxLifetime = maxLifetime;
    }

    /** A binding cache entry. */
    public record Binding(IpAddress home, IpAddress careOf, int sequence, Instant expires) {}

    /** What became of a packet. */
    public sealed interface Verdict {
        /** @param answer to be sent */
        record Answered(Octets answer, BindingAcknowledgement acknowledgement) implements Verdict {}

        /** Not worth an answer. @param why in words */
        record Dropped(String why) implements Verdict {}
    }

    public List<Binding> bindings() {
        return cache.list();
    }

    /** @param packet an IPv6 packet addressed to the home agent; anything */
    public Verdict handle(Octets packet) {
        try {
            SignallingPacket in = SignallingPacket.decode(packet);
            if (in.protocol() != SignallingPacket.ESP) {
                // RFC 4877 section 4.2: unprotected Mobility Headers are stopped for all.
                return new Verdict.Dropped("not protected by ESP");
            }
            int spi = in.payload().reader().bits32();
            Optional<EspTable.Pair> pair = sas.byInboundSpi(spi);
            if (pair.isEmpty()) {
                return new Verdict.Dropped(String.format("no SA with SPI %08x", spi));
            }
            EspSa.Opened opened = pair.get().inbound().open(in.payload());
            return opened.nextHeader() == MobilityHeader.PROTOCOL
                    ? mobility(in, pair.get(), opened.payload())
                    : new Verdict.Dropped("protocol " + opened.nextHeader() + " under a signalling SA");
        } catch (WireException | EspException e) {
            return new Verdict.Dropped(String.valueOf(e.getMessage()));
        }
    }

    private Verdict mobility(SignallingPacket in, EspTable.Pair pair, Octets message) throws WireException {
        IpAddress home = in.logicalSource();
        if (!covers(pair.plan().remoteSelectors(), home) || !covers(pair.plan().localSelectors(), in.destination())) {
            // One node's SA cannot register another's address.
            return new Verdict.Dropped("the SA is not for " + home);
        }
        return switch (MobilityHeader.decode(message, home, in.destination())) {
            case BindingUpdate update -> answer(in, pair, home, update, judge(in, home, update));
            case BindingAcknowledgement acknowledgement -> new Verdict.Dropped("an Acknowledgement, to a home agent");
        };
    }

    private BindingAcknowledgement judge(SignallingPacket in, IpAddress home, BindingUpdate update) {
        Instant now = clock.instant();
        Optional<Binding> before = cache.find(home, now);
        if ((update.flags() & BindingUpdate.HOME) == 0) {
            return refuse(BindingAcknowledgement.NOT_HOME_AGENT_FOR_NODE, update.sequence());
        }
        if (before.isPresent() && !isNewer(update.sequence(), before.get().sequence())) {
            return refuse(
                    BindingAcknowledgement.SEQUENCE_OUT_OF_WINDOW, before.get().sequence());
        }
        IpAddress careOf = update.alternateCareOf().orElse(in.source());
        if (update.alternateCareOf().isEmpty() && !in.source().equals(home)) {
            // ESP does not cover the outer source: only the option says where the node is (RFC 4877 section 4.3).
            return refuse(BindingAcknowledgement.PROHIBITED, update.sequence());
        }
        if (update.lifetimeSeconds() == 0 || careOf.equals(home)) {
            cache.remove(home);
            return new BindingAcknowledgement(BindingAcknowledgement.ACCEPTED, update.sequence(), 0);
        }
        int granted = (int) Math.min(update.lifetimeSeconds(), maxLifetime.toSeconds());
        cache.bind(home, careOf, update.sequence(), Duration.ofSeconds(granted), now);
        return new BindingAcknowledgement(BindingAcknowledgement.ACCEPTED, update.sequence(), granted);
    }

    /** Compared modulo 2^16 (RFC 6275 section 9.5.1). */
    private static boolean isNewer(int sequence, int last) {
        int ahead = sequence - last & 0xffff;
        return ahead != 0 && ahead < SEQUENCE_WINDOW;
    }

    private static BindingAcknowledgement refuse(int status, int sequence) {
        return new BindingAcknowledgement(status, sequence, 0);
    }

    private static Verdict answer(
            SignallingPacket in,
            EspTable.Pair pair,
            IpAddress home,
            BindingUpdate update,
            BindingAcknowledgement acknowledgement) {
        if ((update.flags() & BindingUpdate.ACKNOWLEDGE) == 0 && acknowledgement.accepted()) {
            return new Verdict.Dropped("accepted; no Acknowledgement was asked for");
        }
        Octets message = MobilityHeader.encode(acknowledgement, in.destination(), home);
        boolean away = !in.source().equals(home);
        SignallingPacket out = new SignallingPacket(
                in.destination(),
                in.source(),
                Optional.empty(),
                away ? Optional.of(home) : Optional.empty(),
                SignallingPacket.ESP,
                pair.outbound().seal(MobilityHeader.PROTOCOL, message));
        return new Verdict.Answered(out.encode(), acknowledgement);
    }

    private static boolean covers(List<TrafficSelector> selectors, IpAddress address) {
        return selectors.stream()
                .anyMatch(ts -> ts.first().isV6() == address.isV6()
                        && ts.first().compareTo(address) <= 0
                        && ts.last().compareTo(address) >= 0);
    }
}
