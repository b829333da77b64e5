package org.homeport.eap.aka;

import static org.homeport.eap.aka.AkaCodec.AT_ANY_ID_REQ;
import static org.homeport.eap.aka.AkaCodec.AT_AUTN;
import static org.homeport.eap.aka.AkaCodec.AT_AUTS;
import static org.homeport.eap.aka.AkaCodec.AT_BIDDING;
import static org.homeport.eap.aka.AkaCodec.AT_CHECKCODE;
import static org.homeport.eap.aka.AkaCodec.AT_CLIENT_ERROR_CODE;
import static org.homeport.eap.aka.AkaCodec.AT_COUNTER;
import static org.homeport.eap.aka.AkaCodec.AT_COUNTER_TOO_SMALL;
import static org.homeport.eap.aka.AkaCodec.AT_ENCR_DATA;
import static org.homeport.eap.aka.AkaCodec.AT_FULLAUTH_ID_REQ;
import static org.homeport.eap.aka.AkaCodec.AT_IDENTITY;
import static org.homeport.eap.aka.AkaCodec.AT_IV;
import static org.homeport.eap.aka.AkaCodec.AT_KDF;
import static org.homeport.eap.aka.AkaCodec.AT_KDF_INPUT;
import static org.homeport.eap.aka.AkaCodec.AT_MAC;
import static org.homeport.eap.aka.AkaCodec.AT_NEXT_PSEUDONYM;
import static org.homeport.eap.aka.AkaCodec.AT_NEXT_REAUTH_ID;
import static org.homeport.eap.aka.AkaCodec.AT_NONCE_S;
import static org.homeport.eap.aka.AkaCodec.AT_NOTIFICATION;
import static org.homeport.eap.aka.AkaCodec.AT_PADDING;
import static org.homeport.eap.aka.AkaCodec.AT_PERMANENT_ID_REQ;
import static org.homeport.eap.aka.AkaCodec.AT_RAND;
import static org.homeport.eap.aka.AkaCodec.AT_RES;
import static org.homeport.eap.aka.AkaCodec.AT_RESULT_IND;

import java.util.Set;
import org.homeport.eap.aka.AkaCodec.Sender;
import org.homeport.kit.WireException;

/** Which attributes may stand in which message (RFC 4187 section 10.1, RFC 9048 section 3.5). */
final class AkaRules {
    private static final Set<Integer> OF_AKA_PRIME_ALONE = Set.of(AT_KDF, AT_KDF_INPUT);

    private AkaRules() {}

    /** @throws WireException for a message of the other side, or an attribute where it must not be */
    static void check(AkaVariant variant, Sender sender, AkaMessage message) throws WireException {
        Set<Integer> allowed = switch (sender) {
            case SERVER -> request(message.subtype());
            case PEER -> response(message.subtype());
        };
        for (AkaMessage.Attribute attribute : message.attributes()) {
            int type = attribute.type();
            if (!allowed.contains(type) || (variant == AkaVariant.AKA && OF_AKA_PRIME_ALONE.contains(type))) {
                throw new WireException("attribute " + type + " in a message of subtype " + message.subtype());
            }
        }
    }

    /** @param decrypted what AT_ENCR_DATA holds */
    static void checkEncrypted(Sender sender, AkaMessage decrypted) throws WireException {
        Set<Integer> allowed = switch (sender) {
            case SERVER -> encryptedInRequest(decrypted.subtype());
            case PEER -> Set.of(AT_COUNTER, AT_COUNTER_TOO_SMALL, AT_PADDING);
        };
        for (AkaMessage.Attribute attribute : decrypted.attributes()) {
            if (!allowed.contains(attribute.type())) {
                throw new WireException(
                        "attribute " + attribute.type() + " encrypted in a message of subtype " + decrypted.subtype());
            }
        }
    }

    private static Set<Integer> request(int subtype) throws WireException {
        return switch (subtype) {
            case AkaMessage.IDENTITY -> Set.of(AT_ANY_ID_REQ, AT_FULLAUTH_ID_REQ, AT_PERMANENT_ID_REQ);
            case AkaMessage.CHALLENGE ->
                Set.of(
                        AT_RAND,
                        AT_AUTN,
                        AT_IV,
                        AT_ENCR_DATA,
                        AT_CHECKCODE,
                        AT_RESULT_IND,
                        AT_MAC,
                        AT_KDF,
                        AT_KDF_INPUT,
                        AT_BIDDING);
            case AkaMessage.REAUTHENTICATION -> Set.of(AT_IV, AT_ENCR_DATA, AT_CHECKCODE, AT_RESULT_IND, AT_MAC);
            case AkaMessage.NOTIFICATION -> Set.of(AT_IV, AT_ENCR_DATA, AT_MAC, AT_NOTIFICATION);
            default -> throw new WireException("a request of subtype " + subtype);
        };
    }

    private static Set<Integer> response(int subtype) throws WireException {
        return switch (subtype) {
            case AkaMessage.IDENTITY -> Set.of(AT_IDENTITY);
            case AkaMessage.CHALLENGE ->
                Set.of(AT_RES, AT_IV, AT_ENCR_DATA, AT_CHECKCODE, AT_RESULT_IND, AT_MAC, AT_KDF);
            case AkaMessage.REAUTHENTICATION -> Set.of(AT_IV, AT_ENCR_DATA, AT_CHECKCODE, AT_RESULT_IND, AT_MAC);
            case AkaMessage.NOTIFICATION -> Set.of(AT_IV, AT_ENCR_DATA, AT_MAC);
            case AkaMessage.CLIENT_ERROR -> Set.of(AT_CLIENT_ERROR_CODE);
            case AkaMessage.AUTHENTICATION_REJECT -> Set.of();
            case AkaMessage.SYNCHRONIZATION_FAILURE -> Set.of(AT_AUTS, AT_KDF);
            default -> throw new WireException("a response of subtype " + subtype);
        };
    }

    private static Set<Integer> encryptedInRequest(int subtype) {
        return switch (subtype) {
            case AkaMessage.CHALLENGE -> Set.of(AT_NEXT_PSEUDONYM, AT_NEXT_REAUTH_ID, AT_PADDING);
            case AkaMessage.REAUTHENTICATION -> Set.of(AT_COUNTER, AT_NONCE_S, AT_NEXT_REAUTH_ID, AT_PADDING);
            default -> Set.of(AT_COUNTER, AT_PADDING);
        };
    }
}
