package org.homeport.xfrm;

/** Numbers and sizes of linux/xfrm.h, on a 64-bit kernel. */
final class XfrmNumbers {
    static final int NETLINK_XFRM = 6;
    static final int ESP = 50;

    static final int NEWSA = 0x10;
    static final int DELSA = 0x11;
    static final int GETSA = 0x12;
    static final int NEWPOLICY = 0x13;
    static final int DELPOLICY = 0x14;
    static final int GETPOLICY = 0x15;
    static final int ACQUIRE = 0x17;
    static final int EXPIRE = 0x18;
    static final int UPDPOLICY = 0x19;
    static final int MIGRATE_MESSAGE = 0x21;
    static final int GETSADINFO = 0x23;
    static final int MAPPING = 0x26;

    static final int ALG_CRYPT = 2;
    static final int ENCAP = 4;
    static final int TMPL = 5;
    static final int LASTUSED = 15;
    static final int MIGRATE = 17;
    static final int ALG_AEAD = 18;
    static final int ALG_AUTH_TRUNC = 20;
    static final int REPLAY_ESN_VAL = 23;

    static final int ADDRESS = 16;
    static final int SELECTOR = 56;
    static final int LIFETIME_CURRENT = 32;
    static final int STATS = 12;
    static final int USERSA_INFO = 224;
    static final int USERPOLICY_INFO = 168;
    static final int USER_TMPL = 64;
    static final int USER_EXPIRE = 232;

    static final int GROUP_ACQUIRE = 1;
    static final int GROUP_EXPIRE = 2;
    static final int GROUP_MIGRATE = 7;
    static final int GROUP_MAPPING = 8;

    static final int SMALLEST_WINDOW = 32;

    private XfrmNumbers() {}
}
