package org.homeport.core.session;

/** Makes responder sessions; the datagram that gave rise to one is then handled as its first event. */
public interface SessionFactory {
    /** @param localSpi our SPI, not 0, chosen by the shard so that packets find their way back to it */
    Session accept(long localSpi, Path path);
}
