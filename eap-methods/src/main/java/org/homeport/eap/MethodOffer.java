package org.homeport.eap;

import java.util.function.Supplier;

/**
 * A method that may be proposed to a peer.
 *
 * @param start makes its server side for one conversation
 */
public record MethodOffer(EapType type, Supplier<ServerMethod> start) {}
