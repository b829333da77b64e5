package org.homeport.eap.tls;

import org.homeport.kit.Octets;

/**
 * Keying material to be drawn from a connection.
 *
 * @param prfLabel for TLS 1.2: the label of the PRF over client random and server random (RFC 5216 section 2.3)
 * @param exporterLabel for TLS 1.3: the label of the exporter (RFC 8446 section 7.5)
 * @param context for TLS 1.3: the exporter's context
 * @param length all of it: in TLS 1.3 another length makes other octets
 */
public record TlsExport(String prfLabel, String exporterLabel, Octets context, int length) {}
