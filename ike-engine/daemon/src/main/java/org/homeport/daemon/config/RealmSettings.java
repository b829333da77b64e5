package org.homeport.daemon.config;

import java.util.List;

/**
 * Who is asked for the peers of a realm.
 *
 * @param realm its name; {@link #OTHERS} for all that have no entry of their own
 */
public record RealmSettings(String realm, Answerer by) {
    public static final String OTHERS = "*";

    /** Who answers. */
    public sealed interface Answerer {
        /** The AAA in this process. */
        record Embedded() implements Answerer {}

        /** Nobody: there is no agreement with that realm. */
        record Nobody() implements Answerer {}

        /** RADIUS servers. @param names in order of priority, one at least */
        record Servers(List<String> names) implements Answerer {
            public Servers {
                names = List.copyOf(names);
            }
        }
    }
}
