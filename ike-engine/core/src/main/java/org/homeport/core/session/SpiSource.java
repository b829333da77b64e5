package org.homeport.core.session;

/**
 * Where a session gets its own IKE SPIs: the first one, and one for every IKE SA it makes later (rekey). The values come
 * from the shard that runs the session, so that packets find their way back to it; a session announces each by
 * {@link Output.SpiAdded}, the first one included, and gives it back by {@link Output.SpiRemoved} or {@link Output.Closed}.
 */
public interface SpiSource {
    /** @return never 0, unpredictable, not in use */
    long next();
}
