package org.homeport.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.port.EapPort;
import org.homeport.core.port.LeasePort;
import org.homeport.core.port.SaPort;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.Path;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/** Everything around the engine, recorded: a clock turned by hand, an edge without sockets, backends that wait. */
final class World implements InstantSource, Edge, EapPort, LeasePort, SaPort, SessionListener {
    record Sent(Path path, Octets message) {}

    record Question<T, A>(T what, Consumer<A> answer) {}

    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Optional<RuntimeException> claimFailure = Optional.empty();
    Delivery delivery = Delivery.SENT;
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<Path> keepalives = new CopyOnWriteArrayList<>();
    final List<Question<EapTurn, EapTurn.Outcome>> eapQuestions = new ArrayList<>();
    final List<Question<LeaseRequest, LeaseOutcome>> claims = new ArrayList<>();
    final List<Lease> released = new ArrayList<>();
    final List<Question<SaPlan, SaOutcome>> installs = new CopyOnWriteArrayList<>();
    final List<SaHandle> removed = new CopyOnWriteArrayList<>();
    final List<SaHandle> migrated = new ArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    /** Everything in the order it was asked for. */
    final List<String> order = new CopyOnWriteArrayList<>();

    final Backends backends = new Backends(this, this, this, this);

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Delivery send(Path path, Octets message) {
        sent.add(new Sent(path, message));
        order.add("send");
        return delivery;
    }

    @Override
    public Delivery sendKeepalive(Path path) {
        keepalives.add(path);
        return delivery;
    }

    @Override
    public void close() {
        order.add("close edge");
    }

    @Override
    public void ask(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer) {
        eapQuestions.add(new Question<>(turn, answer));
        order.add("eap");
    }

    @Override
    public void claim(LeaseRequest request, Consumer<LeaseOutcome> answer) {
        claimFailure.ifPresent(failure -> {
            throw failure;
        });
        claims.add(new Question<>(request, answer));
        order.add("claim");
    }

    @Override
    public void release(Lease lease) {
        released.add(lease);
        order.add("release");
    }

    @Override
    public void install(SaPlan plan, Optional<SaHandle> replaces, Consumer<SaOutcome> answer) {
        installs.add(new Question<>(plan, answer));
        order.add("install");
    }

    @Override
    public void installInbound(SaPlan plan, SaHandle replaces, Consumer<SaOutcome> answer) {
        installs.add(new Question<>(plan, answer));
        order.add("install inbound");
    }

    @Override
    public void activate(SaHandle sa) {
        order.add("activate");
    }

    @Override
    public void remove(SaHandle sa, Output.RemoveSa.Policies policies) {
        removed.add(sa);
        order.add("remove " + policies);
    }

    @Override
    public void migrate(SaHandle sa, IpAddress newLocal, IpAddress newRemote) {
        migrated.add(sa);
        order.add("migrate");
    }

    @Override
    public void trace(String session, Output.Trace trace) {
        told.add(session + " " + trace.event());
        order.add("trace");
    }

    @Override
    public void keys(String session, Output.IkeKeys keys) {
        told.add(session + " keys");
    }

    @Override
    public void established(String session, Output.Established established) {
        told.add(session + " established");
        order.add("established");
    }

    @Override
    public void changed(String session, SessionSummary summary) {
        told.add(session + " changed");
        order.add("changed");
    }

    @Override
    public void closed(String session, Output.Closed closed) {
        told.add(session + " closed: " + closed.reason() + " (" + closed.cause() + ")");
        order.add("closed");
    }
}
