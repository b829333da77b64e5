package org.homeport.core.session;

/** Makes responder sessions; the datagram that gave rise to one is then handled as its first event. */
public interface SessionFactory {
    /** @param spis of the shard that will run the session */
    Session accept(SpiSource spis, Path path);
}
