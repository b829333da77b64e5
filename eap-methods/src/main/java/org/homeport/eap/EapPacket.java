package org.homeport.eap;

import org.homeport.kit.Octets;

/** An EAP packet (RFC 3748 section 4). */
public sealed interface EapPacket {
    /** 0..255; a Response, Success or Failure repeats the Request's. */
    int identifier();

    record Request(int identifier, EapType type, Octets typeData) implements EapPacket {}

    record Response(int identifier, EapType type, Octets typeData) implements EapPacket {}

    record Success(int identifier) implements EapPacket {}

    record Failure(int identifier) implements EapPacket {}
}
