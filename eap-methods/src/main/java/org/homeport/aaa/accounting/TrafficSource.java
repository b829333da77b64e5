package org.homeport.aaa.accounting;

import java.util.concurrent.CompletionStage;

/** Where sessions' traffic is counted. Calls return at once; answers come on any thread, and never fail. */
public interface TrafficSource {
    /** @param session correlation id */
    CompletionStage<Reading> soFar(String session);

    /** Of a session that is closing: when its last counter is settled, or after some seconds what is known by then. */
    CompletionStage<Reading> last(String session);
}
