package org.homeport.runtime;

import org.homeport.core.port.EapPort;
import org.homeport.core.port.LeasePort;
import org.homeport.core.port.SaPort;
import org.homeport.core.port.SessionListener;

/** What sessions ask, and who hears what they tell. All are called from every shard. */
public record Backends(EapPort eap, LeasePort leases, SaPort sas, SessionListener listener) {}
