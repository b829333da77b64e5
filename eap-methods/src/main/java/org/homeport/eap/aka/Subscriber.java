package org.homeport.eap.aka;

/**
 * Somebody with a SIM, as the authentication centre knows them.
 *
 * @param name by which the sequence of numbers is kept, and who is authenticated in the end
 * @param used a number that may have been used already: all new ones are above
 */
public record Subscriber(String name, Sim sim, Sqn used) {}
