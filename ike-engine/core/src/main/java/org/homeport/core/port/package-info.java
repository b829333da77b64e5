/** What the engine asks of the world: implemented outside the core, called by the runtime, never by a session. */
@NullMarked
package org.homeport.core.port;

import org.jspecify.annotations.NullMarked;
