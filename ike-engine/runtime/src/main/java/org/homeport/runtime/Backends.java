package org.homeport.runtime;

import org.homeport.core.port.AuthorizationPort;
import org.homeport.core.port.EapPort;
import org.homeport.core.port.LeasePort;
import org.homeport.core.port.SaPort;
import org.homeport.core.port.SessionListener;

/** What sessions ask, and who hears what they tell. All are called from every shard. */
public record Backends(
        EapPort eap, AuthorizationPort authorizations, LeasePort leases, SaPort sas, SessionListener listener) {
    /** Without peers that somebody would have to be asked about. */
    public Backends(EapPort eap, LeasePort leases, SaPort sas, SessionListener listener) {
        this(eap, AuthorizationPort.NOBODY, leases, sas, listener);
    }
}
