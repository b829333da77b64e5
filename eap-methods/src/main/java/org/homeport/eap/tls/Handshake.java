package org.homeport.eap.tls;

import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/** What the library says of a handshake only while it says it: the keys, and why it failed. */
final class Handshake {
    private final String other;
    private Optional<String> told = Optional.empty();
    private Optional<KeyExporter> keys = Optional.empty();

    /** @param other what the other side is called, "client" or "server" */
    Handshake(String other) {
        this.other = other;
    }

    /** An alert of ours, as the library reports it. */
    void raised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        if (level == AlertLevel.fatal && told.isEmpty()) {
            // What the cause says begins with the alert; the message is about the record it came in.
            told = Optional.of("TLS: "
                    + (cause instanceof TlsFatalAlert alert
                            ? alert.getMessage()
                            : AlertDescription.getText(description) + "; " + message));
        }
    }

    /** An alert of the other side's. */
    void received(short level, short description) {
        if (level == AlertLevel.fatal && told.isEmpty()) {
            told = Optional.of("the " + other + " sent the TLS alert " + AlertDescription.getText(description)
                    + meaning(description));
        }
    }

    /** Something better than what the library will say. */
    void tell(String reason) {
        if (told.isEmpty()) {
            told = Optional.of(reason);
        }
    }

    void complete(KeyExporter exporter) {
        keys = Optional.of(exporter);
    }

    /** There once the handshake is over. */
    Optional<KeyExporter> keys() {
        return keys;
    }

    String explain(Exception problem) {
        return told.orElseGet(() -> switch (problem) {
            case TlsFatalAlertReceived alert ->
                "the " + other + " sent the TLS alert " + AlertDescription.getText(alert.getAlertDescription());
            case TlsFatalAlert alert -> "TLS: alert " + AlertDescription.getText(alert.getAlertDescription());
            default -> "TLS: " + problem;
        });
    }

    private static String meaning(short description) {
        return switch (description) {
            case AlertDescription.unknown_ca -> ": it does not trust the CA of our certificate";
            case AlertDescription.bad_certificate, AlertDescription.certificate_unknown ->
                ": it does not take our certificate";
            case AlertDescription.certificate_expired -> ": to its clock our certificate has expired";
            case AlertDescription.unsupported_certificate -> ": our certificate is not for this purpose";
            case AlertDescription.certificate_required -> ": it wants a certificate, and we have none";
            case AlertDescription.access_denied -> ": it knows who we are and does not let us in";
            case AlertDescription.protocol_version -> ": there is no version of TLS that both speak";
            case AlertDescription.handshake_failure ->
                ": there is nothing both agree on; or it wants a certificate and we have none";
            default -> "";
        };
    }
}
