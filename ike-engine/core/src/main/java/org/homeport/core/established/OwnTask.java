package org.homeport.core.established;

import java.util.Optional;
import org.homeport.core.registry.KeyExchangeId;

/** An exchange we want to start as soon as the window is free. */
sealed interface OwnTask {
    /** An empty INFORMATIONAL: is the peer there? */
    record Probe() implements OwnTask {}

    /** AUTH_LIFETIME, with what is left when it is sent (RFC 4478 section 2). */
    record TellLifetime() implements OwnTask {}

    record DeleteChild(int inboundSpi) implements OwnTask {}

    /** @param group the one the peer asked for after INVALID_KE_PAYLOAD; else our first */
    record RekeyChild(int inboundSpi, Optional<KeyExchangeId> group) implements OwnTask {}

    record CreateChild(String name, Optional<KeyExchangeId> group) implements OwnTask {}

    record RekeyIke(Optional<KeyExchangeId> group) implements OwnTask {}

    /** The old IKE SA has been rekeyed: its Delete is the last request on it (RFC 7296 section 2.8). */
    record DeleteOldIke() implements OwnTask {}
}
