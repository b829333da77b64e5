/** The command line: one class per subcommand. */
@NullMarked
package org.homeport.daemon.cli;

import org.jspecify.annotations.NullMarked;
