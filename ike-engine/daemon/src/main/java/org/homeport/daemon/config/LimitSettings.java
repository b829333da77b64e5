package org.homeport.daemon.config;

/**
 * How much of whom is borne.
 *
 * @param halfOpen sessions that are not established yet, at most
 * @param cookieThreshold half-open sessions from which on newcomers have to return a cookie (RFC 7296 section 2.6)
 * @param fragmentSize octets of the largest IP datagram with an IKE message (RFC 7383 section 2.5.1)
 */
public record LimitSettings(int halfOpen, int cookieThreshold, int fragmentSize) {
    public static final LimitSettings DEFAULT = new LimitSettings(1000, 30, 1280);
}
