package org.homeport.xfrm;

import java.util.Locale;

/** How the kernel tells one policy from another. */
record PolicyKey(Direction direction, XfrmSelector selector) {
    /** With the kernel's number (XFRM_POLICY_IN and so on). */
    enum Direction {
        IN(0),
        OUT(1),
        FORWARD(2);

        private final int code;

        Direction(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    @Override
    public String toString() {
        return "policy " + direction.name().toLowerCase(Locale.ROOT) + " " + selector;
    }
}
