package org.homeport.core.registry;

/**
 * IKEv2 Configuration Payload Attribute Types (RFC 7296 section 3.15.1, RFC 5026, RFC 5739, RFC 8598).
 *
 * @param value 0..32767
 */
public record CpAttributeType(int value) {
    public static final CpAttributeType INTERNAL_IP4_ADDRESS = new CpAttributeType(1);
    public static final CpAttributeType INTERNAL_IP4_NETMASK = new CpAttributeType(2);
    public static final CpAttributeType INTERNAL_IP4_DNS = new CpAttributeType(3);
    public static final CpAttributeType INTERNAL_IP4_NBNS = new CpAttributeType(4);
    public static final CpAttributeType INTERNAL_IP4_DHCP = new CpAttributeType(6);
    public static final CpAttributeType APPLICATION_VERSION = new CpAttributeType(7);
    public static final CpAttributeType INTERNAL_IP6_ADDRESS = new CpAttributeType(8);
    public static final CpAttributeType INTERNAL_IP6_DNS = new CpAttributeType(10);
    public static final CpAttributeType INTERNAL_IP6_DHCP = new CpAttributeType(12);
    public static final CpAttributeType INTERNAL_IP4_SUBNET = new CpAttributeType(13);
    public static final CpAttributeType SUPPORTED_ATTRIBUTES = new CpAttributeType(14);
    public static final CpAttributeType INTERNAL_IP6_SUBNET = new CpAttributeType(15);
    public static final CpAttributeType MIP6_HOME_PREFIX = new CpAttributeType(16);
    public static final CpAttributeType INTERNAL_IP6_LINK = new CpAttributeType(17);
    public static final CpAttributeType INTERNAL_IP6_PREFIX = new CpAttributeType(18);
    public static final CpAttributeType HOME_AGENT_ADDRESS = new CpAttributeType(19);
    public static final CpAttributeType INTERNAL_DNS_DOMAIN = new CpAttributeType(25);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 1 -> "INTERNAL_IP4_ADDRESS";
            case 2 -> "INTERNAL_IP4_NETMASK";
            case 3 -> "INTERNAL_IP4_DNS";
            case 4 -> "INTERNAL_IP4_NBNS";
            case 6 -> "INTERNAL_IP4_DHCP";
            case 7 -> "APPLICATION_VERSION";
            case 8 -> "INTERNAL_IP6_ADDRESS";
            case 10 -> "INTERNAL_IP6_DNS";
            case 12 -> "INTERNAL_IP6_DHCP";
            case 13 -> "INTERNAL_IP4_SUBNET";
            case 14 -> "SUPPORTED_ATTRIBUTES";
            case 15 -> "INTERNAL_IP6_SUBNET";
            case 16 -> "MIP6_HOME_PREFIX";
            case 17 -> "INTERNAL_IP6_LINK";
            case 18 -> "INTERNAL_IP6_PREFIX";
            case 19 -> "HOME_AGENT_ADDRESS";
            case 25 -> "INTERNAL_DNS_DOMAIN";
            default -> "CpAttributeType(" + value + ")";
        };
    }
}
