package org.homeport.testbeds.esp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.port.SaPort;
import org.homeport.core.session.Output;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;

/** SAs in this process's memory instead of a kernel; for demonstrations and simulations. */
public final class EspTable implements SaPort {
    private final Crypto crypto;
    private final RandomSource random;
    private final Map<SaHandle, Pair> pairs = new LinkedHashMap<>();

    /** Both directions of a child. */
    public record Pair(SaPlan plan, EspSa inbound, EspSa outbound) {}

    public EspTable(Crypto crypto, RandomSource random) {
        this.crypto = crypto;
        this.random = random;
    }

    @Override
    public void install(SaPlan plan, Optional<SaHandle> replaces, Consumer<SaOutcome> answer) {
        Pair pair = new Pair(
                plan,
                new EspSa(crypto, plan.suite(), plan.inbound(), random),
                new EspSa(crypto, plan.suite(), plan.outbound(), random));
        synchronized (this) {
            pairs.put(plan.handle(), pair);
        }
        answer.accept(new SaOutcome.Installed());
    }

    @Override
    public void installInbound(SaPlan plan, SaHandle replaces, Consumer<SaOutcome> answer) {
        install(plan, Optional.of(replaces), answer);
    }

    /** Whoever sends picks the pair. */
    @Override
    public void activate(SaHandle sa) {}

    @Override
    public synchronized void remove(SaHandle sa, Output.RemoveSa.Policies policies) {
        pairs.remove(sa);
    }

    /** Nothing to do: a transport SA between a home address and its home agent stays where it is (RFC 4877). */
    @Override
    public void migrate(SaHandle sa, IpAddress newLocal, IpAddress newRemote) {}

    public synchronized List<Pair> pairs() {
        return List.copyOf(pairs.values());
    }

    /** The pair a packet with this SPI is for. */
    public synchronized Optional<Pair> byInboundSpi(int spi) {
        return pairs.values().stream().filter(p -> p.inbound().spi() == spi).findFirst();
    }
}
