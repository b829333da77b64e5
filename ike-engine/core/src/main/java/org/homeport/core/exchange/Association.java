package org.homeport.core.exchange;

import org.homeport.core.auth.PeerProved;
import org.homeport.core.policy.Connection;
import org.homeport.core.session.Role;

/**
 * Who the peer is, proved, and what was agreed with it for the life of the session.
 *
 * @param role ours in IKE_SA_INIT: the initiator is the node
 * @param homeAddresses the node's, at either side
 */
public record Association(
        Role role, Connection connection, PeerProved peer, NatSituation nat, Addresses.Assigned homeAddresses) {}
