/** A home location register for hostapd's RADIUS server: it knows SIM cards, and says what they would say. */
@NullMarked
package org.homeport.testbeds.hlr;

import org.jspecify.annotations.NullMarked;
