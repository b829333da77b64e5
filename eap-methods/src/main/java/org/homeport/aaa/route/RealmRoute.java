package org.homeport.aaa.route;

import org.homeport.aaa.AaaBackend;

/** What is done with the peers of a realm. */
public sealed interface RealmRoute {
    /**
     * They are asked for there.
     *
     * @param name for the log, and by which a route is known again after its backend was made anew
     */
    record Served(String name, AaaBackend backend) implements RealmRoute {}

    /** There is no agreement with them. */
    record Refused() implements RealmRoute {}
}
