package org.homeport.core.session;

import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;

/**
 * Both directions of one IKE SA's message ids, window 1 each (RFC 7296 sections 2.1 to 2.3): a repeated request gets the
 * same octets again, a request still worked on gets nothing, our own request is repeated unchanged.
 */
final class MessageWindow {
    private long expected;
    private Optional<Inbound> working = Optional.empty();
    private Optional<Octets> lastRequest = Optional.empty();
    private List<Octets> lastResponse = List.of();
    private long nextId;
    private Optional<Outstanding> outstanding = Optional.empty();

    /** @param attempts how often it was sent */
    record Outstanding(long id, List<Octets> messages, int attempts) {}

    enum Admission {
        NEW,
        REPEATED,
        STILL_WORKING,
        OUTSIDE
    }

    Admission admit(long id) {
        if (id == expected) {
            return working.isPresent() ? Admission.STILL_WORKING : Admission.NEW;
        }
        return id == expected - 1 && !lastResponse.isEmpty() ? Admission.REPEATED : Admission.OUTSIDE;
    }

    /** Whether these are the very octets that were answered last. */
    boolean isLastRequest(Octets datagram) {
        return lastRequest.isPresent() && lastRequest.get().equals(datagram);
    }

    List<Octets> lastResponse() {
        return lastResponse;
    }

    void begin(Inbound request) {
        working = Optional.of(request);
    }

    Optional<Inbound> working() {
        return working;
    }

    /** The request will not be answered: as if it had never come. */
    void forget() {
        working = Optional.empty();
    }

    void answered(List<Octets> response) {
        lastRequest = working.map(Inbound::datagram);
        lastResponse = List.copyOf(response);
        working = Optional.empty();
        expected++;
    }

    long nextId() {
        return nextId;
    }

    void sent(List<Octets> messages) {
        outstanding = Optional.of(new Outstanding(nextId, List.copyOf(messages), 1));
        nextId++;
    }

    Optional<Outstanding> outstanding() {
        return outstanding;
    }

    boolean awaits(long id) {
        return outstanding.isPresent() && outstanding.get().id() == id;
    }

    void repeated() {
        outstanding = outstanding.map(o -> new Outstanding(o.id(), o.messages(), o.attempts() + 1));
    }

    void responded() {
        outstanding = Optional.empty();
    }

    /** IKE_SA_INIT is sent again with message id 0, for a cookie or another group (RFC 7296 section 2.2). */
    void startOver() {
        outstanding = Optional.empty();
        nextId = 0;
    }
}
