package org.homeport.daemon.observe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.accounting.Backlog;
import org.homeport.aaa.radius.RadiusServerView;

/** What {@code homeport status} shows of AAA, as objects that go over the control socket. Never a secret. */
public final class AaaReport {
    private AaaReport() {}

    public static Map<String, Object> server(RadiusServerView server) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("server", server.name());
        object.put("standing", server.standing().name().toLowerCase(Locale.ROOT));
        object.put("for-seconds", server.since().toSeconds());
        server.accounting()
                .ifPresent(standing -> object.put("accounting", standing.name().toLowerCase(Locale.ROOT)));
        server.trouble().ifPresent(what -> object.put("trouble", what));
        object.put("outstanding", server.outstanding());
        object.put("sent", server.sent());
        object.put("retransmitted", server.retransmitted());
        object.put("answered", server.answered());
        object.put("unanswered", server.unanswered());
        object.put("discarded", new TreeMap<String, Object>(server.discarded()));
        server.latency().ifPresent(median -> object.put("latency-microseconds", median.toNanos() / 1000));
        return object;
    }

    /**
     * Who authorized a session.
     *
     * @param servers RADIUS servers that the grant's realm has now, in order of priority
     * @param method by which the peer proved itself
     */
    public static Map<String, Object> authorizer(AaaGrant grant, List<String> servers, String method) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("realm", grant.profile().route());
        object.put("servers", servers);
        object.put("method", method);
        object.put("groups", grant.groups());
        grant.profile().eapKeyName().ifPresent(name -> object.put("eap-key-name", name.hex()));
        return object;
    }

    /** @param now to tell how old the oldest record is */
    public static Map<String, Object> backlog(Backlog backlog, Instant now) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("route", backlog.route());
        object.put("records", backlog.records());
        object.put("oldest-seconds", backlog.age(now).toSeconds());
        backlog.trouble().ifPresent(why -> object.put("trouble", why));
        return object;
    }
}
