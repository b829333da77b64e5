package org.homeport.core.message;

import static org.homeport.core.message.Direction.REQUEST;
import static org.homeport.core.message.Direction.RESPONSE;
import static org.homeport.core.message.PayloadRules.Protection.CLEAR;
import static org.homeport.core.message.PayloadRules.Protection.ENCRYPTED;
import static org.homeport.core.registry.ExchangeType.CREATE_CHILD_SA;
import static org.homeport.core.registry.ExchangeType.IKE_AUTH;
import static org.homeport.core.registry.ExchangeType.IKE_SA_INIT;
import static org.homeport.core.registry.ExchangeType.INFORMATIONAL;
import static org.homeport.core.registry.PayloadType.AUTH;
import static org.homeport.core.registry.PayloadType.CERT;
import static org.homeport.core.registry.PayloadType.CERTREQ;
import static org.homeport.core.registry.PayloadType.CP;
import static org.homeport.core.registry.PayloadType.DELETE;
import static org.homeport.core.registry.PayloadType.EAP;
import static org.homeport.core.registry.PayloadType.IDI;
import static org.homeport.core.registry.PayloadType.IDR;
import static org.homeport.core.registry.PayloadType.KE;
import static org.homeport.core.registry.PayloadType.NONCE;
import static org.homeport.core.registry.PayloadType.NOTIFY;
import static org.homeport.core.registry.PayloadType.SA;
import static org.homeport.core.registry.PayloadType.TSI;
import static org.homeport.core.registry.PayloadType.TSR;
import static org.homeport.core.registry.PayloadType.VENDOR;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.PayloadType;

/**
 * Which payloads a message may hold, and how many (RFC 7296 sections 1.2-1.4, 2.16, appendix C; RFC 6023, RFC 5998).
 *
 * <p>The forms of an exchange are alternatives: a message has to fit one of them. Order is free: "implementations MUST
 * NOT reject as invalid a message with those payloads in any other order" (section 2.5). Which of the forms is due is
 * for the state that waits to say.
 */
public final class PayloadRules {
    /** Where the payloads of an exchange stand. */
    public enum Protection {
        CLEAR,
        ENCRYPTED
    }

    /** One line of the table. */
    private record Form(
            ExchangeType exchange, Direction direction, Protection protection, Map<PayloadType, Row> rows) {}

    /** How often a payload appears; notifies and vendor IDs may always be there. */
    private record Row(PayloadType type, int min, int max) {}

    private static final int MANY = MessageDecoder.MAX_PAYLOADS;
    /** Ours and the chain behind it; a peer that sends more wants us to be busy. */
    private static final int CERTIFICATES = 8;

    private static final Row NOT_AT_ALL = new Row(PayloadType.NONE, 0, 0);

    private static final List<Form> TABLE = List.of(
            form(IKE_SA_INIT, REQUEST, CLEAR, one(SA), one(KE), one(NONCE), any(CERTREQ)),
            // No KE if the group NONE was chosen (section 3.3.6).
            form(IKE_SA_INIT, RESPONSE, CLEAR, one(SA), optional(KE), one(NONCE), any(CERTREQ)),
            // COOKIE, INVALID_KE_PAYLOAD, NO_PROPOSAL_CHOSEN and other refusals.
            form(IKE_SA_INIT, RESPONSE, CLEAR, some(NOTIFY)),

            // First request: without AUTH it asks for EAP (section 2.16), without SA for no child (RFC 6023).
            form(
                    IKE_AUTH,
                    REQUEST,
                    ENCRYPTED,
                    one(IDI),
                    optional(IDR),
                    certificates(),
                    any(CERTREQ),
                    optional(AUTH),
                    optional(CP),
                    one(SA),
                    one(TSI),
                    one(TSR)),
            form(
                    IKE_AUTH,
                    REQUEST,
                    ENCRYPTED,
                    one(IDI),
                    optional(IDR),
                    certificates(),
                    any(CERTREQ),
                    optional(AUTH),
                    optional(CP)),
            // EAP rounds, and the AUTH that ends them.
            form(IKE_AUTH, REQUEST, ENCRYPTED, one(EAP)),
            form(IKE_AUTH, REQUEST, ENCRYPTED, one(AUTH)),
            // First response when EAP follows: no AUTH if the peer asked for EAP only (RFC 5998).
            form(IKE_AUTH, RESPONSE, ENCRYPTED, one(IDR), certificates(), any(CERTREQ), optional(AUTH), one(EAP)),
            form(IKE_AUTH, RESPONSE, ENCRYPTED, one(EAP)),
            // Last response: IDr only if there was no EAP; a refused child leaves AUTH and a notify (section 2.21.2).
            form(
                    IKE_AUTH,
                    RESPONSE,
                    ENCRYPTED,
                    optional(IDR),
                    certificates(),
                    one(AUTH),
                    optional(CP),
                    one(SA),
                    one(TSI),
                    one(TSR)),
            form(IKE_AUTH, RESPONSE, ENCRYPTED, optional(IDR), certificates(), one(AUTH), optional(CP)),
            form(IKE_AUTH, RESPONSE, ENCRYPTED, some(NOTIFY)),

            // A child, new or rekeyed; the IKE SA rekeyed; a refusal (section 1.3).
            form(
                    CREATE_CHILD_SA,
                    REQUEST,
                    ENCRYPTED,
                    one(SA),
                    one(NONCE),
                    optional(KE),
                    one(TSI),
                    one(TSR),
                    optional(CP)),
            form(CREATE_CHILD_SA, REQUEST, ENCRYPTED, one(SA), one(NONCE), one(KE)),
            form(
                    CREATE_CHILD_SA,
                    RESPONSE,
                    ENCRYPTED,
                    one(SA),
                    one(NONCE),
                    optional(KE),
                    one(TSI),
                    one(TSR),
                    optional(CP)),
            form(CREATE_CHILD_SA, RESPONSE, ENCRYPTED, one(SA), one(NONCE), one(KE)),
            form(CREATE_CHILD_SA, RESPONSE, ENCRYPTED, some(NOTIFY)),
            form(INFORMATIONAL, REQUEST, ENCRYPTED, any(DELETE), optional(CP)),
            form(INFORMATIONAL, RESPONSE, ENCRYPTED, any(DELETE), optional(CP)));

    private PayloadRules() {}

    /**
     * Checks payloads that are whole and open: of an {@link Protection#ENCRYPTED} exchange what
     * the protection gave back, of a clear one what the decoder did.
     *
     * @return empty if they fit; else what keeps them from the form they come nearest to
     */
    public static Optional<RuleViolation> check(ExchangeType exchange, Direction direction, List<Payload> payloads) {
        for (Payload payload : payloads) {
            if (payload instanceof Payload.Unknown unknown && unknown.critical()) {
                return Optional.of(new RuleViolation.UnsupportedCritical(unknown.type()));
            }
        }
        Map<PayloadType, Long> counts = payloads.stream()
                .filter(p -> !(p instanceof Payload.Unknown))
                .collect(Collectors.groupingBy(Payload::type, LinkedHashMap::new, Collectors.counting()));
        Optional<List<RuleViolation>> nearest = Optional.empty();
        for (Form form : TABLE) {
            if (form.exchange().equals(exchange) && form.direction() == direction) {
                List<RuleViolation> violations = violations(form, counts);
                if (nearest.isEmpty() || violations.size() < nearest.get().size()) {
                    nearest = Optional.of(violations);
                }
            }
        }
        return nearest.map(violations -> violations.stream().findFirst())
                .orElseGet(() -> Optional.of(new RuleViolation.UnknownExchange(exchange)));
    }

    /** Whether the payloads of an exchange are believed only out of an SK payload; empty for exchanges unknown here. */
    public static Optional<Protection> protection(ExchangeType exchange) {
        return TABLE.stream()
                .filter(form -> form.exchange().equals(exchange))
                .map(Form::protection)
                .findFirst();
    }

    private static List<RuleViolation> violations(Form form, Map<PayloadType, Long> counts) {
        List<RuleViolation> violations = new ArrayList<>();
        form.rows().forEach((type, row) -> {
            int count = counts.getOrDefault(type, 0L).intValue();
            if (count < row.min()) {
                violations.add(new RuleViolation.TooFew(type, count, row.min()));
            }
        });
        counts.forEach((type, count) -> {
            Row row = form.rows().getOrDefault(type, NOT_AT_ALL);
            if (count > row.max()) {
                violations.add(new RuleViolation.TooMany(type, count.intValue(), row.max()));
            }
        });
        return violations;
    }

    private static Form form(ExchangeType exchange, Direction direction, Protection protection, Row... rows) {
        Map<PayloadType, Row> all = new LinkedHashMap<>();
        all.put(NOTIFY, any(NOTIFY));
        all.put(VENDOR, any(VENDOR));
        for (Row row : rows) {
            all.put(row.type(), row);
        }
        return new Form(exchange, direction, protection, Collections.unmodifiableMap(all));
    }

    private static Row one(PayloadType type) {
        return new Row(type, 1, 1);
    }

    private static Row optional(PayloadType type) {
        return new Row(type, 0, 1);
    }

    private static Row some(PayloadType type) {
        return new Row(type, 1, MANY);
    }

    private static Row any(PayloadType type) {
        return new Row(type, 0, MANY);
    }

    private static Row certificates() {
        return new Row(CERT, 0, CERTIFICATES);
    }
}
