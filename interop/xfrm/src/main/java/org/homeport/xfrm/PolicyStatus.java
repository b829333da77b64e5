package org.homeport.xfrm;

import java.util.List;

/**
 * A policy as the kernel reports it.
 *
 * @param index the kernel's own number for it, with the direction in its low bits
 * @param direction the kernel's number: 3 and above are sockets' own policies
 * @param reqids those of its templates
 */
record PolicyStatus(XfrmSelector selector, int direction, int index, List<Integer> reqids) {
    PolicyStatus {
        reqids = List.copyOf(reqids);
    }
}
