package org.homeport.aaa.route;

import java.util.Set;
import org.homeport.aaa.AaaBackend;

/** What is done with the peers of a realm. */
public sealed interface RealmRoute {
    /**
     * They are asked for there.
     *
     * @param name for the log, and by which a route is known again after its backend was made anew
     * @param servers who decides there: realms that have one in common may name each other's peers
     */
    record Served(String name, AaaBackend backend, Set<String> servers) implements RealmRoute {
        public Served {
            servers = Set.copyOf(servers);
        }

        /** One that decides alone. */
        public Served(String name, AaaBackend backend) {
            this(name, backend, Set.of(name));
        }
    }

    /** There is no agreement with them. */
    record Refused() implements RealmRoute {}
}
