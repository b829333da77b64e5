package org.homeport.aaa.accounting;

/** Why a session ended (RFC 2866 section 5.10). */
public enum TerminateCause {
    USER_REQUEST(1),
    LOST_CARRIER(2),
    LOST_SERVICE(3),
    IDLE_TIMEOUT(4),
    SESSION_TIMEOUT(5),
    ADMIN_RESET(6),
    ADMIN_REBOOT(7),
    PORT_ERROR(8),
    NAS_ERROR(9),
    NAS_REQUEST(10),
    NAS_REBOOT(11),
    PORT_UNNEEDED(12),
    PORT_PREEMPTED(13),
    PORT_SUSPENDED(14),
    SERVICE_UNAVAILABLE(15),
    CALLBACK(16),
    USER_ERROR(17),
    HOST_REQUEST(18);

    private final int code;

    TerminateCause(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
