package org.homeport.vici;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.vici.ViciException.Kind;

/**
 * One connection to charon. One command is outstanding at a time (VICI has no way to tell answers apart): callers on
 * several threads wait for each other. Events arrive at any time, also within a command, and are kept for
 * {@link #nextEvent}. Calls block, never longer than their timeout; after a timeout the answer could still come, to
 * the wrong question, so the connection closes.
 */
public final class ViciClient implements AutoCloseable {
    /** Events kept for a reader who does not come; then the oldest are dropped, and counted. */
    private static final int KEPT_EVENTS = 4_096;

    private final ViciTransport transport;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> subscriptions = new HashSet<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private long droppedEvents;
    private boolean closed;

    /** Something happened in charon. */
    public record Event(String name, ViciMessage message) {}

    private ViciClient(ViciTransport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    /**
     * Connects.
     *
     * @param socket charon's, as /var/run/charon.vici
     * @param timeout for every answer, where the call names no other
     */
    public static ViciClient connect(Path socket, Duration timeout, InstantSource clock) throws ViciException {
        return new ViciClient(ViciTransport.connect(socket, clock), timeout);
    }

    /** Carries out a command and returns its answer, whatever that says. */
    public ViciMessage request(String command, ViciMessage arguments) throws ViciException {
        return request(command, arguments, timeout);
    }

    public ViciMessage request(String command, ViciMessage arguments, Duration patience) throws ViciException {
        return locked(() -> exchange(command, arguments, patience, Optional.empty(), new ArrayList<>()));
    }

    /**
     * Carries out a command that answers by events before its response, as list-sas by list-sa.
     *
     * @param event the events' name
     * @return their messages, in order
     */
    public List<ViciMessage> stream(String command, String event, ViciMessage arguments) throws ViciException {
        return locked(() -> {
            List<ViciMessage> streamed = new ArrayList<>();
            boolean subscribed = subscriptions.contains(event);
            if (!subscribed) {
                register(new ViciPacket.Register(event), event);
            }
            exchange(command, arguments, timeout, Optional.of(event), streamed);
            if (!subscribed) {
                register(new ViciPacket.Unregister(event), event);
            }
            return streamed;
        });
    }

    /** From now on events of this name are kept for {@link #nextEvent}. */
    public void subscribe(String event) throws ViciException {
        locked(() -> {
            if (!subscriptions.contains(event)) {
                register(new ViciPacket.Register(event), event);
                subscriptions.add(event);
            }
            return event;
        });
    }

    /**
     * Waits for an event subscribed to.
     *
     * @return empty if there is none within the time
     */
    public Optional<Event> nextEvent(Duration patience) throws ViciException {
        return locked(() -> {
            Instant deadline = transport.deadline(patience);
            while (events.isEmpty()) {
                Optional<ViciPacket> packet = receive(deadline);
                if (packet.isEmpty()) {
                    return Optional.empty();
                }
                if (!(packet.get() instanceof ViciPacket.Event(String name, ViciMessage message))) {
                    throw outOfStep(packet.get(), "an event");
                }
                keep(new Event(name, message));
            }
            return Optional.of(events.removeFirst());
        });
    }

    /** How many events were thrown away because nobody fetched them. */
    public long droppedEvents() {
        lock.lock();
        try {
            return droppedEvents;
        } finally {
            lock.unlock();
        }
    }

    private ViciMessage exchange(
            String command,
            ViciMessage arguments,
            Duration patience,
            Optional<String> streaming,
            List<ViciMessage> streamed)
            throws ViciException {
        Instant deadline = transport.deadline(patience);
        transport.send(new ViciPacket.Request(command, arguments).encode(), deadline);
        while (true) {
            switch (answer(command, patience, deadline)) {
                case ViciPacket.Response(ViciMessage message) -> {
                    return message;
                }
                case ViciPacket.Event(String name, ViciMessage message) -> {
                    if (streaming.equals(Optional.of(name))) {
                        streamed.add(message);
                    } else {
                        keep(new Event(name, message));
                    }
                }
                case ViciPacket.CommandUnknown() ->
                    throw new ViciException(Kind.UNKNOWN, "this charon has no command " + command);
                case ViciPacket other -> throw outOfStep(other, "the answer to " + command);
            }
        }
    }

    private void register(ViciPacket registration, String event) throws ViciException {
        Instant deadline = transport.deadline(timeout);
        transport.send(registration.encode(), deadline);
        while (true) {
            switch (answer("registration for " + event, timeout, deadline)) {
                case ViciPacket.EventConfirmed() -> {
                    return;
                }
                case ViciPacket.Event(String name, ViciMessage message) -> keep(new Event(name, message));
                case ViciPacket.EventUnknown() ->
                    throw new ViciException(Kind.UNKNOWN, "this charon has no event " + event);
                case ViciPacket other -> throw outOfStep(other, "the answer to a registration for " + event);
            }
        }
    }

    private ViciPacket answer(String question, Duration patience, Instant deadline) throws ViciException {
        return receive(deadline)
                .orElseThrow(() -> new ViciException(
                        Kind.TIMEOUT,
                        "charon has not answered " + question + " within " + patience.toMillis() + " ms"));
    }

    private Optional<ViciPacket> receive(Instant deadline) throws ViciException {
        Optional<Octets> segment = transport.receive(deadline);
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ViciPacket.decode(segment.get()));
        } catch (WireException e) {
            throw new ViciException(Kind.MALFORMED, "charon sent what is not VICI: " + e.getMessage(), e);
        }
    }

    private static ViciException outOfStep(ViciPacket packet, String expected) {
        return new ViciException(
                Kind.MALFORMED,
                "charon sent " + packet.getClass().getSimpleName() + " where " + expected + " was expected");
    }

    private void keep(Event event) {
        if (!subscriptions.contains(event.name())) {
            return;
        }
        if (events.size() == KEPT_EVENTS) {
            events.removeFirst();
            droppedEvents++;
        }
        events.addLast(event);
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws ViciException;
    }

    private <T> T locked(Call<T> call) throws ViciException {
        lock.lock();
        try {
            if (closed) {
                throw new ViciException(Kind.CLOSED, "the connection to charon is closed");
            }
            return call.run();
        } catch (ViciException e) {
            switch (e.kind()) {
                case REFUSED, UNKNOWN -> {}
                case TIMEOUT, CLOSED, MALFORMED -> close();
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            transport.close();
        } finally {
            lock.unlock();
        }
    }
}
