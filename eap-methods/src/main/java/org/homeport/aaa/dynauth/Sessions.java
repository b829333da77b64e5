package org.homeport.aaa.dynauth;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The sessions that orders are for. Calls return at once. */
public interface Sessions {
    /** Those that are established now and that a client may name. @param client its name in the settings */
    CompletionStage<List<SessionView>> living(String client);

    /** @return whether the session was there to be ended */
    CompletionStage<Boolean> disconnect(String id);

    /** @return whether the session was there to be changed */
    CompletionStage<Boolean> change(String id, Change change);
}
