package org.homeport.aaa.accounting.radius;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.accounting.AccountingSink.Delivery;
import org.homeport.aaa.radius.RadiusAttribute;

/** The accounting servers of one route, in their order of priority. */
@FunctionalInterface
public interface AccountingExchange {
    /**
     * One Accounting-Request, with an Identifier of its own, to the first server that answers (RFC 2866 section 4.1).
     * Returns at once; answered on any thread.
     *
     * @param attributes all of them; there is no Message-Authenticator (RFC 3579 section 3.2)
     */
    CompletionStage<Delivery> ask(List<RadiusAttribute> attributes);
}
