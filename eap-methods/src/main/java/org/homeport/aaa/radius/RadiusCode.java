package org.homeport.aaa.radius;

import java.util.Arrays;
import java.util.Optional;

/** What kind of packet it is (RFC 2865 section 3, RFC 2866 section 3, RFC 5176 section 2.3, RFC 5997 section 3). */
public enum RadiusCode {
    ACCESS_REQUEST(1, "Access-Request"),
    ACCESS_ACCEPT(2, "Access-Accept"),
    ACCESS_REJECT(3, "Access-Reject"),
    ACCOUNTING_REQUEST(4, "Accounting-Request"),
    ACCOUNTING_RESPONSE(5, "Accounting-Response"),
    ACCESS_CHALLENGE(11, "Access-Challenge"),
    STATUS_SERVER(12, "Status-Server"),
    DISCONNECT_REQUEST(40, "Disconnect-Request"),
    DISCONNECT_ACK(41, "Disconnect-ACK"),
    DISCONNECT_NAK(42, "Disconnect-NAK"),
    COA_REQUEST(43, "CoA-Request"),
    COA_ACK(44, "CoA-ACK"),
    COA_NAK(45, "CoA-NAK"),
    PROTOCOL_ERROR(52, "Protocol-Error");

    private final int number;
    private final String words;

    RadiusCode(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public int number() {
        return number;
    }

    static Optional<RadiusCode> of(int number) {
        return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
    }

    @Override
    public String toString() {
        return words;
    }
}
