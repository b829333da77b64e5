package org.homeport.testbeds.mn;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.testbeds.esp.EspException;
import org.homeport.testbeds.esp.EspSa;
import org.homeport.testbeds.esp.EspTable;
import org.homeport.testbeds.mip6.MobilityHeader;
import org.homeport.testbeds.mip6.MobilityHeader.BindingAcknowledgement;
import org.homeport.testbeds.mip6.MobilityHeader.BindingUpdate;
import org.homeport.testbeds.mip6.PacketLink;
import org.homeport.testbeds.mip6.SignallingPacket;

/** A node registers with its home agent: Binding Update out, Acknowledgement in, both under ESP (RFC 6275 section 11.7). */
public final class Registration {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 4;

    private final EspTable.Pair sas;
    private final IpAddress homeAgent;
    private final IpAddress home;
    private int sequence;

    /** @param sas transport, home address to home agent */
    public Registration(EspTable.Pair sas, IpAddress homeAgent, IpAddress home) {
        this.sas = sas;
        this.homeAgent = homeAgent;
        this.home = home;
    }

    /**
     * @param lifetime zero takes the binding back
     * @return empty if no Acknowledgement came
     */
    public Optional<BindingAcknowledgement> register(
            IpAddress careOf, Duration lifetime, PacketLink link, SocketAddress agent) throws IOException {
        Duration wait = FIRST_WAIT;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            sequence = sequence + 1 & 0xffff;
            link.send(update(careOf, lifetime), agent);
            Optional<BindingAcknowledgement> answer = await(careOf, wait, link);
            if (answer.isPresent()) {
                return answer;
            }
            wait = wait.multipliedBy(2);
        }
        return Optional.empty();
    }

    private Octets update(IpAddress careOf, Duration lifetime) {
        BindingUpdate update = new BindingUpdate(
                sequence,
                BindingUpdate.ACKNOWLEDGE | BindingUpdate.HOME | BindingUpdate.KEY_MOBILITY,
                (int) lifetime.toSeconds(),
                Optional.of(careOf));
        Octets message = MobilityHeader.encode(update, home, homeAgent);
        return new SignallingPacket(
                        careOf,
                        homeAgent,
                        Optional.of(home),
                        Optional.empty(),
                        SignallingPacket.ESP,
                        sas.outbound().seal(MobilityHeader.PROTOCOL, message))
                .encode();
    }

    /** What is not the genuine answer to the latest Binding Update is passed over. */
    private Optional<BindingAcknowledgement> await(IpAddress careOf, Duration limit, PacketLink link)
            throws IOException {
        Optional<PacketLink.Arrived> arrived = link.receive(limit);
        while (arrived.isPresent()) {
            Optional<BindingAcknowledgement> answer = read(careOf, arrived.get().packet());
            if (answer.isPresent()) {
                return answer;
            }
            arrived = link.receive(limit);
        }
        return Optional.empty();
    }

    private Optional<BindingAcknowledgement> read(IpAddress careOf, Octets packet) {
        try {
            SignallingPacket in = SignallingPacket.decode(packet);
            if (in.protocol() != SignallingPacket.ESP
                    || !in.destination().equals(careOf)
                    || !in.logicalDestination().equals(home)) {
                return Optional.empty();
            }
            EspSa.Opened opened = sas.inbound().open(in.payload());
            return opened.nextHeader() == MobilityHeader.PROTOCOL
                            && MobilityHeader.decode(opened.payload(), in.source(), home)
                                    instanceof BindingAcknowledgement acknowledgement
                            && acknowledgement.sequence() == sequence
                    ? Optional.of(acknowledgement)
                    : Optional.empty();
        } catch (WireException | EspException e) {
            return Optional.empty();
        }
    }
}
