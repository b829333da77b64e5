package org.homeport.aaa.radius.eap;

import java.util.Optional;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.kit.WireException;

/** What an Access-Reject says of its reasons, in words for the operator. */
final class Rejections {
    /** Invalid EAP Packet (Ignored) (RFC 3579 section 2.2). */
    static final long INVALID_EAP_PACKET = 202;

    private static final int LONGEST_TEXT = 200;

    private Rejections() {}

    /** @param userName of the request */
    static String reason(ServerAnswer answer, String userName) {
        StringBuilder reason = new StringBuilder(answer.server() + " rejects '" + userName + "'");
        // Beside EAP there must be none, and it is discarded (RFC 3579 section 2.6.5).
        if (answer.packet().first(AttributeType.EAP_MESSAGE).isEmpty()) {
            for (RadiusAttribute message : answer.packet().all(AttributeType.REPLY_MESSAGE)) {
                reason.append(": ").append(printable(message.value().utf8()));
            }
        }
        errorCause(answer.packet())
                .ifPresent(
                        cause -> reason.append(" (Error-Cause ").append(cause).append(')'));
        return reason.toString();
    }

    static Optional<Long> errorCause(RadiusPacket packet) {
        for (RadiusAttribute cause : packet.all(AttributeType.ERROR_CAUSE)) {
            try {
                return Optional.of(cause.integer());
            } catch (WireException e) {
                // Only for the operator: what is no number says nothing.
            }
        }
        return Optional.empty();
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT) + "...";
    }
}
