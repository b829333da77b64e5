package org.homeport.core.established;

import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaHandle;
import org.homeport.core.message.Payload;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Inbound;

/**
 * A CREATE_CHILD_SA request of the peer that waits for the kernel.
 *
 * @param answer what it will be answered with
 * @param replaces the pair that is rekeyed
 */
record PeerChild(Inbound request, CallId call, Child child, List<Payload> answer, Optional<SaHandle> replaces) {}
