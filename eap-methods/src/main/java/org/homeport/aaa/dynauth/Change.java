package org.homeport.aaa.dynauth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a CoA-Request wants changed; what is empty stays as it is (RFC 5176 section 3.6, note 3).
 *
 * @param sessionTimeout from now on
 * @param filters in place of all that were there
 */
public record Change(Optional<Duration> sessionTimeout, Optional<List<String>> filters) {
    public Change {
        filters = filters.map(List::copyOf);
    }

    public boolean isEmpty() {
        return sessionTimeout.isEmpty() && filters.isEmpty();
    }
}
