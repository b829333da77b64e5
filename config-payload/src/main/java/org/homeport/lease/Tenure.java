package org.homeport.lease;

import java.time.Instant;
import java.util.Optional;

/**
 * How long one session had an address, as the history tells it.
 *
 * @param grant how it began
 * @param until when it was released, or went to another session; empty if it lasts
 */
public record Tenure(LeaseChange grant, Optional<Instant> until) {}
