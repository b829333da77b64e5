/** The walls of the house, as tests. */
@NullMarked
package org.homeport.testbeds.house;

import org.jspecify.annotations.NullMarked;
