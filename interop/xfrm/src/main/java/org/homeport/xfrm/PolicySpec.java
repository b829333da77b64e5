package org.homeport.xfrm;

import org.homeport.core.child.SaMode;
import org.homeport.kit.IpAddress;

/**
 * A policy that lets traffic pass only through ESP SAs of a reqid.
 *
 * @param priority the lower the number the earlier the kernel asks it
 * @param outerSource of the tunnel, in the direction of the policy; of no meaning in transport mode
 */
record PolicySpec(
        PolicyKey key, int priority, int reqid, SaMode mode, IpAddress outerSource, IpAddress outerDestination) {
    PolicySpec moved(IpAddress source, IpAddress destination) {
        return new PolicySpec(key, priority, reqid, mode, source, destination);
    }
}
