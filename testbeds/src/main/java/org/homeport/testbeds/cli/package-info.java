/** The program with everything: the daemon's commands and the test beds'. */
@NullMarked
package org.homeport.testbeds.cli;

import org.jspecify.annotations.NullMarked;
