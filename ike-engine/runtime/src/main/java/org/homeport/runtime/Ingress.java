package org.homeport.runtime;

import org.homeport.core.session.Path;
import org.homeport.kit.Octets;

/** Where an edge hands in what peers sent. */
@FunctionalInterface
public interface Ingress {
    /** Takes one would-be IKE message, the non-ESP marker already gone. Returns at once and never throws. */
    void received(Path path, Octets message);
}
