package org.homeport.core.message;

import java.util.List;
import java.util.Optional;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.kit.Octets;

/** The payloads of IKEv2, one record each (RFC 7296 section 3). */
public sealed interface Payload {
    PayloadType type();

    /**
     * Security Association (section 3.3).
     *
     * @param proposals 1.. in the sender's order of preference
     */
    record SecurityAssociation(List<Proposal> proposals) implements Payload {
        public SecurityAssociation {
            proposals = List.copyOf(proposals);
        }

        @Override
        public PayloadType type() {
            return PayloadType.SA;
        }
    }

    /**
     * Key Exchange (section 3.4).
     *
     * @param data as the group defines it, left-padded for MODP
     */
    record KeyExchange(KeyExchangeId group, Octets data) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.KE;
        }
    }

    /**
     * Identification (section 3.5).
     *
     * @param side {@link PayloadType#IDI} or {@link PayloadType#IDR}
     * @param reserved the three octets behind the ID type as they were sent: AUTH covers them
     */
    record Identification(PayloadType side, IdType idType, Octets reserved, Octets data) implements Payload {
        public static Identification of(PayloadType side, IdType idType, Octets data) {
            return new Identification(side, idType, Octets.zeros(3), data);
        }

        @Override
        public PayloadType type() {
            return side;
        }

        /** RestOfIDPayload of section 2.15: type, reserved, data. */
        public Octets body() {
            return Octets.concat(Octets.of(idType.value()), reserved, data);
        }
    }

    /** Certificate (section 3.6). */
    record Certificate(CertificateEncoding encoding, Octets data) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.CERT;
        }
    }

    /**
     * Certificate Request (section 3.7).
     *
     * @param authorities concatenated SHA-1 hashes of SubjectPublicKeyInfo
     */
    record CertificateRequest(CertificateEncoding encoding, Octets authorities) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.CERTREQ;
        }
    }

    /** Authentication (section 3.8). */
    record Authentication(AuthMethod method, Octets data) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.AUTH;
        }
    }

    /**
     * Nonce (section 3.9).
     *
     * @param data 16..256 octets
     */
    record Nonce(Octets data) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.NONCE;
        }
    }

    /**
     * Notify (section 3.10).
     *
     * @param spi empty but for REKEY_SA, CHILD_SA_NOT_FOUND and INVALID_SELECTORS
     */
    record Notify(ProtocolId protocol, Octets spi, NotifyType notifyType, Octets data) implements Payload {
        public static Notify of(NotifyType type) {
            return of(type, Octets.EMPTY);
        }

        public static Notify of(NotifyType type, Octets data) {
            return new Notify(ProtocolId.NONE, Octets.EMPTY, type, data);
        }

        @Override
        public PayloadType type() {
            return PayloadType.NOTIFY;
        }
    }

    /**
     * Delete (section 3.11).
     *
     * @param spis none for IKE; for ESP the sender's inbound SPIs
     */
    record Delete(ProtocolId protocol, List<Octets> spis) implements Payload {
        public Delete {
            spis = List.copyOf(spis);
        }

        @Override
        public PayloadType type() {
            return PayloadType.DELETE;
        }
    }

    /** Vendor ID (section 3.12). */
    record VendorId(Octets data) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.VENDOR;
        }
    }

    /**
     * Traffic Selectors (section 3.13).
     *
     * @param side {@link PayloadType#TSI} or {@link PayloadType#TSR}
     */
    record TrafficSelectors(PayloadType side, List<TrafficSelector> selectors) implements Payload {
        public TrafficSelectors {
            selectors = List.copyOf(selectors);
        }

        @Override
        public PayloadType type() {
            return side;
        }
    }

    /** Configuration (section 3.15). */
    record Configuration(CpType cpType, List<Attribute> attributes) implements Payload {
        public Configuration {
            attributes = List.copyOf(attributes);
        }

        @Override
        public PayloadType type() {
            return PayloadType.CP;
        }

        /** One attribute; empty values ask. */
        public record Attribute(CpAttributeType type, Octets value) {}
    }

    /**
     * Extensible Authentication (section 3.16).
     *
     * @param message the EAP packet, not looked into here
     */
    record Eap(Octets message) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.EAP;
        }
    }

    /**
     * Encrypted and Authenticated (section 3.14): always last.
     *
     * @param body IV, ciphertext and ICV
     */
    record Encrypted(PayloadType firstInner, Octets body) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.SK;
        }
    }

    /**
     * Encrypted and Authenticated Fragment (RFC 7383 section 2.5).
     *
     * @param firstInner in fragment 1 the first payload's type, else NONE
     * @param number 1..total
     * @param body IV, ciphertext and ICV
     */
    record EncryptedFragment(PayloadType firstInner, int number, int total, Octets body) implements Payload {
        @Override
        public PayloadType type() {
            return PayloadType.SKF;
        }
    }

    /**
     * A payload type we do not know.
     *
     * @param critical whether the sender insists that it be understood
     */
    record Unknown(PayloadType type, boolean critical, Octets body) implements Payload {}

    /** The first payload of a kind. */
    static <P extends Payload> Optional<P> first(List<Payload> payloads, Class<P> kind) {
        return payloads.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
