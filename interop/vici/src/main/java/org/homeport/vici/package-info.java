/** A client of strongSwan's control interface VICI, as its plugin's README describes the protocol. */
@NullMarked
package org.homeport.vici;

import org.jspecify.annotations.NullMarked;
