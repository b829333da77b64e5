package org.homeport.eap.aka;

import org.homeport.kit.WireException;

/** Codes in AT_NOTIFICATION (RFC 4187 sections 6.1, 11 and 10.19). */
record AkaNotification(int code) {
    static final AkaNotification FAILURE_AFTER_AUTHENTICATION = new AkaNotification(0);
    static final AkaNotification FAILURE = new AkaNotification(0x4000);
    static final AkaNotification SUCCESS = new AkaNotification(0x8000);

    private static final int SUCCESS_BIT = 0x8000;
    private static final int PHASE_BIT = 0x4000;

    static AkaNotification of(AkaMessage message) throws WireException {
        message.required(AkaCodec.AT_NOTIFICATION);
        return new AkaNotification(message.numbers(AkaCodec.AT_NOTIFICATION).getFirst());
    }

    /** The S bit: nothing has failed. */
    boolean isSuccess() {
        return (code & SUCCESS_BIT) != 0;
    }

    /** The P bit is not set: both sides have keys, and AT_MAC goes with it. */
    boolean isProtected() {
        return (code & PHASE_BIT) == 0;
    }

    String words() {
        if (code == 0) {
            return "general failure after authentication";
        } else if (code == 1026) {
            return "the user has been temporarily denied access";
        } else if (code == 1031) {
            return "the user has not subscribed to the service";
        } else if (code == 0x4000) {
            return "general failure";
        }
        return isSuccess() ? "success" : "unknown";
    }
}
