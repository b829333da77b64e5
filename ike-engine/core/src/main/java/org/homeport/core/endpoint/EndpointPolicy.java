package org.homeport.core.endpoint;

import java.time.Duration;

/**
 * How an endpoint defends itself.
 *
 * @param cookieThreshold half-open sessions from which on an initiator has to return a cookie; 0: always
 * @param halfOpenLimit half-open sessions from which on no new one is let in
 * @param maxDatagram octets of an IKE message; longer ones are dropped unread
 * @param cookieLifetime how long a cookie secret is in use; its cookies are taken for as long again
 * @param unprotectedAnswersPerSecond to messages that nobody vouches for and that are no IKE_SA_INIT
 */
public record EndpointPolicy(
        int cookieThreshold,
        int halfOpenLimit,
        int maxDatagram,
        Duration cookieLifetime,
        int unprotectedAnswersPerSecond) {
    public EndpointPolicy {
        if (cookieThreshold < 0 || halfOpenLimit < 1 || unprotectedAnswersPerSecond < 0) {
            throw new IllegalArgumentException("endpoint limits must not be negative, and some session let in");
        }
        if (maxDatagram < 1280) {
            throw new IllegalArgumentException("IKE messages of 1280 octets have to be taken (RFC 7296 section 2)");
        }
        if (!cookieLifetime.isPositive()) {
            throw new IllegalArgumentException("cookie lifetime " + cookieLifetime);
        }
    }

    public static EndpointPolicy defaults() {
        return new EndpointPolicy(100, 10_000, 0xffff, Duration.ofSeconds(60), 100);
    }
}
