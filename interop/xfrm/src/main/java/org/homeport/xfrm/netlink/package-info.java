/** Linux system calls through {@code java.lang.foreign}, and netlink above them; knows nothing of IPsec. */
@NullMarked
package org.homeport.xfrm.netlink;

import org.jspecify.annotations.NullMarked;
