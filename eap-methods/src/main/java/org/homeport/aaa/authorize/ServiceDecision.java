package org.homeport.aaa.authorize;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether an authenticated peer has mobility service.
 *
 * @param rule that decided, counted from 1; empty if none matched
 * @param why for the operator
 */
public record ServiceDecision(Verdict verdict, OptionalInt rule, String why) {
    /** For the audit: the peer is who it says, and that is not enough. */
    public static final String SERVICE_NOT_AUTHORIZED = "SERVICE_NOT_AUTHORIZED";

    public static final String SERVICE_AUTHORIZED = "SERVICE_AUTHORIZED";

    /** The reason's name in the audit. */
    public String audit() {
        return switch (verdict) {
            case ALLOW -> SERVICE_AUTHORIZED;
            case REFUSE -> SERVICE_NOT_AUTHORIZED;
        };
    }

    /** What to tell the operator of a peer that is refused; empty for one that is not. */
    public Optional<String> refusal() {
        return switch (verdict) {
            case ALLOW -> Optional.empty();
            case REFUSE -> Optional.of("service refused: " + why);
        };
    }
}
