package org.homeport.aaa.accounting;

/** Who authenticated the user (Acct-Authentic, RFC 2866 section 5.6). */
public enum Authentic {
    RADIUS(1),
    LOCAL(2);

    private final int code;

    Authentic(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
