package org.homeport.daemon.config;

import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;

/**
 * One of our addresses. Each has sockets of its own: an answer leaves from the address that was asked.
 *
 * @param port IKE; 0 for any
 * @param natPort IKE behind the non-ESP marker, and UDP-encapsulated ESP; 0 for any
 */
public record ListenSettings(IpAddress address, int port, int natPort) {
    public static final int IKE_PORT = 500;
    public static final int NAT_PORT = 4500;

    public Endpoint plain() {
        return new Endpoint(address, port);
    }

    public Endpoint encapsulated() {
        return new Endpoint(address, natPort);
    }
}
