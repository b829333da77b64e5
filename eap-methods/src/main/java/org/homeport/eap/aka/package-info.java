/** EAP-AKA (RFC 4187) and EAP-AKA' (RFC 9048), with Milenage: authentication by a SIM. */
@NullMarked
package org.homeport.eap.aka;

import org.jspecify.annotations.NullMarked;
