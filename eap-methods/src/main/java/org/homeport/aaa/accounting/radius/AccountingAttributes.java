package org.homeport.aaa.accounting.radius;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.homeport.aaa.accounting.AccountedSession;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.Usage;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/**
 * A record as the attributes of an Accounting-Request (RFC 2866 section 5.13, RFC 2869 section 5.19). What identifies the
 * NAS, the session and the peer stands as it does in the session's Access-Requests.
 */
final class AccountingAttributes {
    /** RFC 2865 section 5.6. */
    private static final long FRAMED = 2;
    /** RFC 2865 section 5.41. */
    private static final long VIRTUAL = 5;
    /** The namespace REALM (RFC 5580 section 4.1). */
    private static final String REALM = "1";

    private static final int WORD_BITS = 32;
    private static final long WORD = 0xffff_ffffL;

    private static final int HEADER = 20;
    private static final int TYPE_AND_LENGTH = 2;

    private final List<RadiusAttribute> all = new ArrayList<>();
    private int classesLeftOut;

    private AccountingAttributes() {}

    static AccountingAttributes of(AccountingRecord record, NasSettings nas, Duration delay) {
        AccountingAttributes attributes = new AccountingAttributes();
        attributes.number(AttributeType.ACCT_STATUS_TYPE, record.statusType());
        attributes.text(AttributeType.ACCT_SESSION_ID, record.id());
        attributes.nas(nas);
        if (record instanceof AccountingRecord.OfSession about) {
            attributes.session(about.session(), nas);
        }
        if (record instanceof AccountingRecord.Counted counted) {
            attributes.number(
                    AttributeType.ACCT_SESSION_TIME, counted.sessionTime().toSeconds());
            attributes.usage(counted.usage());
        }
        if (record instanceof AccountingRecord.Stop stop) {
            attributes.number(AttributeType.ACCT_TERMINATE_CAUSE, stop.cause().code());
        }
        attributes.time(record.at());
        attributes.number(AttributeType.ACCT_DELAY_TIME, delay.toSeconds());
        if (record instanceof AccountingRecord.OfSession about) {
            about.session().classes().forEach(attributes::ifItFits);
        }
        return attributes;
    }

    List<RadiusAttribute> all() {
        return List.copyOf(all);
    }

    /** How many Class attributes had no room: a longer packet than RFC 2865 section 3 allows would never arrive. */
    int classesLeftOut() {
        return classesLeftOut;
    }

    private void ifItFits(Octets value) {
        int octets = HEADER
                + all.stream()
                        .mapToInt(
                                attribute -> TYPE_AND_LENGTH + attribute.value().length())
                        .sum();
        if (octets + TYPE_AND_LENGTH + value.length() <= RadiusPacket.MAX_OCTETS) {
            octets(AttributeType.CLASS, value);
        } else {
            classesLeftOut++;
        }
    }

    private void nas(NasSettings nas) {
        text(AttributeType.NAS_IDENTIFIER, nas.identifier());
        nas.ipv4().ifPresent(address -> address(AttributeType.NAS_IP_ADDRESS, address));
        nas.ipv6().ifPresent(address -> address(AttributeType.NAS_IPV6_ADDRESS, address));
        nas.operatorRealm().ifPresent(realm -> text(AttributeType.OPERATOR_NAME, REALM + realm));
    }

    private void session(AccountedSession session, NasSettings nas) {
        text(AttributeType.ACCT_MULTI_SESSION_ID, session.multiId());
        text(AttributeType.USER_NAME, session.userName());
        number(AttributeType.SERVICE_TYPE, FRAMED);
        number(AttributeType.NAS_PORT_TYPE, VIRTUAL);
        number(AttributeType.ACCT_AUTHENTIC, session.authentic().code());
        text(AttributeType.CALLING_STATION_ID, session.careOf().toString());
        nas.calledStation().ifPresent(station -> text(AttributeType.CALLED_STATION_ID, station));
        addresses(session);
        session.chargeableUserIdentity()
                .ifPresent(identity -> octets(AttributeType.CHARGEABLE_USER_IDENTITY, identity));
    }

    /** Of IPv4 addresses there is room for one; of IPv6 there may be several (RFC 6911 section 3.6). */
    private void addresses(AccountedSession session) {
        session.homeAddresses().stream()
                .filter(address -> !address.isV6())
                .findFirst()
                .ifPresent(address -> address(AttributeType.FRAMED_IP_ADDRESS, address));
        session.homeAddresses().stream()
                .filter(IpAddress::isV6)
                .forEach(address -> address(AttributeType.FRAMED_IPV6_ADDRESS, address));
        session.homePrefixes().stream()
                .filter(prefix -> prefix.address().isV6())
                .forEach(prefix -> all.add(RadiusAttribute.ipv6Prefix(AttributeType.FRAMED_IPV6_PREFIX, prefix)));
    }

    /** Gigawords count how often the 32 bits have wrapped (RFC 2869 sections 5.1 and 5.2). */
    private void usage(Usage usage) {
        word(AttributeType.ACCT_INPUT_OCTETS, usage.inputOctets());
        word(AttributeType.ACCT_OUTPUT_OCTETS, usage.outputOctets());
        word(AttributeType.ACCT_INPUT_GIGAWORDS, usage.inputOctets() >>> WORD_BITS);
        word(AttributeType.ACCT_OUTPUT_GIGAWORDS, usage.outputOctets() >>> WORD_BITS);
        word(AttributeType.ACCT_INPUT_PACKETS, usage.inputPackets());
        word(AttributeType.ACCT_OUTPUT_PACKETS, usage.outputPackets());
    }

    private void word(int type, long value) {
        all.add(RadiusAttribute.integer(type, value & WORD));
    }

    private void number(int type, long value) {
        all.add(RadiusAttribute.integer(type, Math.clamp(value, 0, WORD)));
    }

    private void time(Instant at) {
        number(AttributeType.EVENT_TIMESTAMP, at.getEpochSecond());
    }

    private void address(int type, IpAddress address) {
        all.add(RadiusAttribute.address(type, address));
    }

    private void text(int type, String text) {
        octets(type, Octets.utf8(text));
    }

    /** "Text of length zero (0) MUST NOT be sent; omit the entire attribute instead." (RFC 2866 section 5) */
    private void octets(int type, Octets value) {
        if (!value.isEmpty()) {
            all.add(new RadiusAttribute(type, value.slice(0, Math.min(value.length(), RadiusAttribute.MAX_VALUE))));
        }
    }
}
