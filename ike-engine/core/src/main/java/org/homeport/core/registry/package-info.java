/** IANA numbers of IKEv2; open code points keep the values we do not know. */
@NullMarked
package org.homeport.core.registry;

import org.jspecify.annotations.NullMarked;
