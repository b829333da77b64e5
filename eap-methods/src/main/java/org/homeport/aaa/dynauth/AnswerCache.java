package org.homeport.aaa.dynauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.aaa.dynauth.DynamicAuthorizationSettings.Client;
import org.homeport.kit.Octets;

/**
 * What was answered to whom, for as long as a request may come again (RFC 5176 section 6.3). A request is known by its
 * authenticator, which covers all of it: whoever replays one from another port, or another address of the same client,
 * gets no second act either. One caller at a time.
 */
final class AnswerCache {
    /** A client has 256 identifiers within the window; this is for a crowd of them. */
    private static final int MOST = 16_384;

    private final Duration window;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    record Key(Client client, Octets authenticator) {}

    /** @param answer empty while the request is being worked on */
    record Kept(Instant since, Optional<Octets> answer) {}

    AnswerCache(Duration window) {
        this.window = window;
    }

    Optional<Kept> find(Key key, Instant now) {
        forgetOlderThan(now.minus(window.multipliedBy(2)));
        return Optional.ofNullable(kept.get(key));
    }

    /** @return whether there was room: nothing is acted upon that could be repeated unnoticed */
    boolean begin(Key key, Instant now) {
        if (kept.size() >= MOST) {
            return false;
        }
        kept.put(key, new Kept(now, Optional.empty()));
        return true;
    }

    void answered(Key key, Octets answer) {
        kept.computeIfPresent(key, (k, before) -> new Kept(before.since(), Optional.of(answer)));
    }

    /** A timestamp may lie a window ahead: only two windows later no request of then is current any more. */
    private void forgetOlderThan(Instant limit) {
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext() && oldest.next().since().isBefore(limit)) {
            oldest.remove();
        }
    }
}
