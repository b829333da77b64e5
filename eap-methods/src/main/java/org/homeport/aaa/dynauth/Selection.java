package org.homeport.aaa.dynauth;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which sessions an order is for: those for which every condition holds (RFC 5176 section 3).
 *
 * @param conditions one at least
 */
public record Selection(List<Condition> conditions) {
    /** @param words for the log */
    public record Condition(String words, Predicate<SessionView> holds) {
        @Override
        public String toString() {
            return words;
        }
    }

    public Selection {
        conditions = List.copyOf(conditions);
    }

    public boolean matches(SessionView session) {
        return conditions.stream().allMatch(condition -> condition.holds().test(session));
    }

    @Override
    public String toString() {
        return String.join(" and ", conditions.stream().map(Condition::toString).toList());
    }
}
