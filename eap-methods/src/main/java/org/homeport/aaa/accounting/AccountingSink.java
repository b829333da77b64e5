package org.homeport.aaa.accounting;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** An accounting server, or several in place of each other, at the end of a route. */
@FunctionalInterface
public interface AccountingSink {
    /**
     * One attempt; may take as long as the sink thinks an answer can take. Returns at once; the answer comes on any
     * thread.
     *
     * @param delay since the record was made (Acct-Delay-Time, RFC 2866 section 5.2)
     */
    CompletionStage<Delivery> deliver(String route, AccountingRecord record, Duration delay);

    sealed interface Delivery {
        /** The server has recorded it (RFC 2866 section 4.1). */
        record Delivered() implements Delivery {}

        /** Nobody says that it was recorded. @param reason for the operator */
        record Failed(String reason) implements Delivery {}
    }
}
