package org.homeport.core.policy;

import java.util.List;
import org.homeport.core.child.SaMode;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;

/**
 * A CHILD_SA that may be made.
 *
 * @param mode what is asked for (initiator) or allowed (responder: TRANSPORT also accepts a peer that wants a tunnel
 *     only if the peer did not ask for transport)
 * @param proposals ESP, in order of preference, SPIs empty; D-H transforms count from CREATE_CHILD_SA on
 * @param localSelectors ours; empty: our own address
 * @param remoteSelectors the peer's; empty: its home addresses, or its own address if it has none
 * @param protocol limits dynamic selectors to one IP protocol; 0 for any
 * @param reqid 0: chosen by the engine
 */
public record ChildPolicy(
        String name,
        SaMode mode,
        List<Proposal> proposals,
        List<TrafficSelector> localSelectors,
        List<TrafficSelector> remoteSelectors,
        int protocol,
        int reqid) {
    public ChildPolicy {
        proposals = List.copyOf(proposals);
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
    }
}
