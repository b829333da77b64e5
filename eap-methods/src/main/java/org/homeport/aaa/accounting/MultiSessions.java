package org.homeport.aaa.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.homeport.kit.IpAddress;

/**
 * Which sessions belong together (Acct-Multi-Session-Id, RFC 2866 section 5.11): those of one user with one home address,
 * each beginning before, or shortly after, the end of the one before. So an authentication anew, a bootstrap from another
 * place, and a restart of ours all continue.
 */
final class MultiSessions {
    private final Duration gap;
    private final Map<Key, Last> last = new HashMap<>();
    /** Those whose last session has ended, in the order of their ends. */
    private final Deque<Last> ended = new ArrayDeque<>();

    private record Key(String userName, IpAddress homeAddress) {}

    /** @param end empty while the session is open */
    private record Last(AccountedSession session, Optional<Instant> end) {}

    MultiSessions(Duration gap) {
        this.gap = gap;
    }

    /** @return with the id of what it continues, or with its own */
    AccountedSession join(AccountedSession session, Instant now) {
        AccountedSession joined = keys(session).stream()
                .map(last::get)
                .filter(Objects::nonNull)
                .filter(earlier -> isContinued(earlier, now))
                .findFirst()
                .map(earlier -> session.continuing(earlier.session().multiId()))
                .orElse(session);
        keys(session).forEach(key -> last.put(key, new Last(joined, Optional.empty())));
        return joined;
    }

    private boolean isContinued(Last earlier, Instant now) {
        return earlier.end().map(end -> !end.plus(gap).isBefore(now)).orElse(true);
    }

    /** @return whether a session to come may continue this one */
    boolean leave(AccountedSession session, Instant now) {
        Last end = new Last(session, Optional.of(now));
        boolean latest = false;
        for (Key key : keys(session)) {
            Last known = last.get(key);
            if (known != null && known.session().id().equals(session.id())) {
                last.put(key, end);
                latest = true;
            }
        }
        if (latest) {
            ended.add(end);
        }
        return latest;
    }

    /** A session of an earlier run; those that ended earlier come first. */
    void restore(AccountedSession session, Instant end) {
        Last restored = new Last(session, Optional.of(end));
        keys(session).forEach(key -> last.put(key, restored));
        ended.add(restored);
    }

    /** Forgets what nothing can continue any more. @return those sessions' ids */
    List<String> forgetOld(Instant now) {
        List<String> old = new ArrayList<>();
        for (Last first = ended.peek(); first != null && !isContinued(first, now); first = ended.peek()) {
            Last gone = ended.remove();
            keys(gone.session()).forEach(key -> last.remove(key, gone));
            old.add(gone.session().id());
        }
        return old;
    }

    private static List<Key> keys(AccountedSession session) {
        return session.homeAddresses().stream()
                .map(address -> new Key(session.userName(), address))
                .toList();
    }
}
