/** Which AAA a peer belongs to: by the realm of its name. */
@NullMarked
package org.homeport.aaa.route;

import org.jspecify.annotations.NullMarked;
