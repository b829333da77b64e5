package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.OptionalLong;
import org.homeport.aaa.radius.RadiusServerView.Standing;

/** What is thought of whoever is at one address and port. Times are the ticker's nanoseconds. */
final class Liveness {
    private final Duration rest;
    private Standing standing = Standing.ALIVE;
    private long since;
    private long trialDue;
    private boolean onTrial;
    private OptionalLong lastHeard = OptionalLong.empty();

    /** @param rest after which one that is dead is tried again */
    Liveness(Duration rest, long now) {
        this.rest = rest;
        this.since = now;
    }

    Standing standing() {
        return standing;
    }

    /** Since when it has been so. */
    long since() {
        return since;
    }

    boolean isOnTrial() {
        return onTrial;
    }

    /** Whether it is dead and somebody shall try whether it still is. */
    boolean isTrialDue(long now) {
        return standing == Standing.DEAD && !onTrial && now - trialDue >= 0;
    }

    /** @return whether it is one: it is dead, and nobody else tries */
    boolean beginTrial() {
        boolean begins = standing == Standing.DEAD && !onTrial;
        onTrial |= begins;
        return begins;
    }

    void endTrial() {
        onTrial = false;
    }

    /** Whether anything of it has come since then. */
    boolean isHeardSince(long time) {
        return lastHeard.isPresent() && lastHeard.getAsLong() - time >= 0;
    }

    /** Whether it has died after that time, and is dead. */
    boolean isDeadSince(long time) {
        return standing == Standing.DEAD && since - time > 0;
    }

    /** Something authentic came. @return whether it was dead */
    boolean heard(long now) {
        lastHeard = OptionalLong.of(now);
        boolean wasDead = standing == Standing.DEAD;
        if (standing != Standing.ALIVE) {
            standing = Standing.ALIVE;
            since = now;
        }
        return wasDead;
    }

    /** Something came that is not to be believed, yet only it can have sent: it is not silent, but nothing is decided. */
    void muttered(long now) {
        lastHeard = OptionalLong.of(now);
    }

    /** A request has waited a good while for it. @return whether that is news */
    boolean suspect(long begun, long now) {
        if (standing != Standing.ALIVE || isHeardSince(begun)) {
            return false;
        }
        standing = Standing.SUSPECT;
        since = now;
        return true;
    }

    /** A request got no answer at all, and nobody else did meanwhile. @return whether that is news */
    boolean died(long now) {
        if (standing == Standing.DEAD) {
            // Others may still have waited for it since before it died.
            trialDue = onTrial ? now + rest.toNanos() : trialDue;
            return false;
        }
        trialDue = now + rest.toNanos();
        standing = Standing.DEAD;
        since = now;
        return true;
    }
}
