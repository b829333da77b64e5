/** Dynamic authorization: who ends and changes sessions from outside (RFC 5176). */
@NullMarked
package org.homeport.aaa.dynauth;

import org.jspecify.annotations.NullMarked;
