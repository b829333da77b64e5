/** The session shell: events in, outputs out, message windows, timers. */
@NullMarked
package org.homeport.core.session;

import org.jspecify.annotations.NullMarked;
