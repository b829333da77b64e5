/** What the program tells about itself: log, key log, metrics, status. */
@NullMarked
package org.homeport.daemon.observe;

import org.jspecify.annotations.NullMarked;
