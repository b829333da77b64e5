package org.homeport.eap.tls;

import org.homeport.kit.Octets;

/**
 * What a side of TLS makes of what it was given.
 *
 * @param toSend TLS records for the other side; empty if there are none. After {@link TlsStatus.Failed} the alert that
 *     tells the other side why
 * @param data application data that came in; empty if there is none
 */
public record TlsTurn(Octets toSend, Octets data, TlsStatus status) {}
