package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The 256 identifiers of one link. The one unused for longest is next (RFC 5080 section 2.2.2); one that an answer may
 * still be under way to rests first, so that a late answer meets the request that it is for.
 */
final class Lane {
    static final Duration REST = Duration.ofSeconds(10);

    private static final int IDENTIFIERS = 256;
    /** "Implementations SHOULD reserve ID zero (0) on each TCP connection for Status-Server packets." (RFC 6613 section 2.6.5) */
    private static final int WATCHDOG = 0;

    private final Link link;
    /** Those outstanding, and those that rest. */
    private final @Nullable Attempt[] attempts = new @Nullable Attempt[IDENTIFIERS];

    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<Resting> resting = new ArrayDeque<>();
    private int outstanding;
    private long used;
    private long heard;
    private boolean isHeard;

    private record Resting(int identifier, long until) {}

    /** What the identifier 0 is for. */
    enum Zero {
        LIKE_OTHERS,
        FOR_THE_WATCHDOG
    }

    Lane(Link link, Zero zero, long now) {
        this.link = link;
        this.used = now;
        this.heard = now;
        for (int identifier = zero == Zero.LIKE_OTHERS ? 0 : 1; identifier < IDENTIFIERS; identifier++) {
            free.add(identifier);
        }
    }

    Link link() {
        return link;
    }

    /** Gives the attempt an identifier, if there is one. */
    boolean take(Attempt attempt, long now) {
        while (!resting.isEmpty() && resting.getFirst().until() - now <= 0) {
            int identifier = resting.removeFirst().identifier();
            attempts[identifier] = null;
            free.add(identifier);
        }
        Integer identifier = free.poll();
        if (identifier == null) {
            return false;
        }
        put(attempt, identifier, now);
        return true;
    }

    /** Gives the attempt the identifier that is kept for it. @return whether nobody has it */
    boolean takeForWatchdog(Attempt attempt, long now) {
        Attempt before = attempts[WATCHDOG];
        if (before != null && !before.isOver()) {
            return false;
        }
        put(attempt, WATCHDOG, now);
        return true;
    }

    private void put(Attempt attempt, int identifier, long now) {
        attempts[identifier] = attempt;
        attempt.identifier = identifier;
        attempt.lane = Optional.of(this);
        outstanding++;
        used = now;
    }

    /** Whose identifier it is, or was until now. */
    Optional<Attempt> at(int identifier) {
        return Optional.ofNullable(attempts[identifier]);
    }

    /** The attempt is over. For an attempt of this lane, once. */
    void release(Attempt attempt, long now) {
        outstanding--;
        if (attempt.sent > attempt.answers) {
            resting.add(new Resting(attempt.identifier, now + REST.toNanos()));
        } else {
            attempts[attempt.identifier] = null;
            free.add(attempt.identifier);
        }
    }

    /** As {@link #release}, of what {@link #takeForWatchdog} gave. */
    void releaseFromWatchdog() {
        outstanding--;
    }

    int outstanding() {
        return outstanding;
    }

    /** When it was taken last. */
    long used() {
        return used;
    }

    /** When an authentic packet came last, or else the link began. */
    long heard() {
        return heard;
    }

    void heard(long now) {
        heard = now;
        isHeard = true;
    }

    /** Whether any ever came. */
    boolean isHeard() {
        return isHeard;
    }

    List<Attempt> waiting() {
        return Arrays.stream(attempts)
                .filter(Objects::nonNull)
                .filter(attempt -> !attempt.isOver())
                .toList();
    }
}
