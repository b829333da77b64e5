package org.homeport.core.message;

import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.PayloadType;

/** Why a message that could be decoded is not one of its exchange. */
public sealed interface RuleViolation {
    /** Nothing we know, and the sender insists: a request gets UNSUPPORTED_CRITICAL_PAYLOAD (RFC 7296 section 2.5). */
    record UnsupportedCritical(PayloadType type) implements RuleViolation {}

    /**
     * A payload is missing.
     *
     * @param count how many there are
     * @param min how many there have to be
     */
    record TooFew(PayloadType type, int count, int min) implements RuleViolation {}

    /**
     * A payload too often, or where it does not belong.
     *
     * @param max 0: it has no place in this exchange
     */
    record TooMany(PayloadType type, int count, int max) implements RuleViolation {}

    /** An exchange that we do not take part in. */
    record UnknownExchange(ExchangeType exchange) implements RuleViolation {}
}
