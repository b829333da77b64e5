package org.homeport.eap.aka;

import org.homeport.eap.Nai;

/**
 * What a server keeps of an authentication, for the next one without the SIM (RFC 4187 section 5).
 *
 * @param permanent whose it is
 * @param sim that was authenticated: with another one nothing of this holds
 * @param counter of the last fast re-authentication; 0 before the first
 */
public record AkaContext(Nai permanent, Sim sim, AkaTeks teks, int counter) {}
