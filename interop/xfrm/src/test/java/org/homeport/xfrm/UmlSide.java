package org.homeport.xfrm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Event;
import org.homeport.kit.IpAddress;

/** One end: its namespace, its addresses, its engine. */
record UmlSide(
        Namespace namespace, IpAddress v4, IpAddress v6, IpAddress inner4, IpAddress inner6, XfrmSaPort port, Ear ear) {
    IpAddress outer(boolean sixth) {
        return sixth ? v6 : v4;
    }

    IpAddress inner(boolean sixth) {
        return sixth ? inner6 : inner4;
    }

    static UmlSide open(String name, String v4, String v6, String inner4, String inner6) throws Exception {
        Ear ear = new Ear(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
        Namespace namespace = new Namespace(name);
        XfrmSaPort port = namespace.call(() -> XfrmSaPort.open(XfrmSettings.DEFAULT, ear));
        return new UmlSide(
                namespace,
                IpAddress.parse(v4),
                IpAddress.parse(v6),
                IpAddress.parse(inner4),
                IpAddress.parse(inner6),
                port,
                ear);
    }

    SaOutcome install(SaPlan plan, Optional<SaHandle> replaces) throws Exception {
        CompletableFuture<SaOutcome> answer = new CompletableFuture<>();
        port.install(plan, replaces, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    /** Everything ordered before is done. */
    void settle(SaHandle any) {
        port.counters(any);
    }

    String left() throws Exception {
        return namespace.ip("xfrm", "state") + namespace.ip("xfrm", "policy", "list", "nosock");
    }

    record Ear(
            LinkedBlockingQueue<SaCounters> removed,
            LinkedBlockingQueue<Event.SaExpired.Expiry> expired,
            LinkedBlockingQueue<String> troubles)
            implements XfrmObserver {
        @Override
        public void removed(SaHandle sa, SaCounters last) {
            removed.add(last);
        }

        @Override
        public void expired(SaHandle sa, Event.SaExpired.Expiry expiry) {
            expired.add(expiry);
        }

        @Override
        public void trouble(String sentence) {
            troubles.add(sentence);
        }
    }
}
