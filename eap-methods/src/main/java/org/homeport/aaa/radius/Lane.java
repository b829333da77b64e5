package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The 256 identifiers of one link, given out in turn, so that one is not used again soon. */
final class Lane {
    private static final int IDENTIFIERS = 256;

    private final @Nullable Attempt[] attempts = new @Nullable Attempt[IDENTIFIERS];
    private final Link link;
    private int next;
    private int outstanding;

    Lane(Link link) {
        this.link = link;
    }

    Link link() {
        return link;
    }

    /** An identifier that is free, from now on this attempt's. */
    OptionalInt take(Attempt attempt) {
        for (int i = 0; i < IDENTIFIERS; i++) {
            int identifier = (next + i) % IDENTIFIERS;
            if (attempts[identifier] == null) {
                attempts[identifier] = attempt;
                next = (identifier + 1) % IDENTIFIERS;
                outstanding++;
                return OptionalInt.of(identifier);
            }
        }
        return OptionalInt.empty();
    }

    Optional<Attempt> at(int identifier) {
        return Optional.ofNullable(attempts[identifier]);
    }

    void release(Attempt attempt) {
        for (int i = 0; i < IDENTIFIERS; i++) {
            if (attempts[i] == attempt) {
                attempts[i] = null;
                outstanding--;
            }
        }
    }

    int outstanding() {
        return outstanding;
    }

    void each(Consumer<Attempt> action) {
        List<Attempt> all = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (attempt != null) {
                all.add(attempt);
            }
        }
        all.forEach(action);
    }
}
