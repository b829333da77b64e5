/** One bootstrap in front of the user's eyes. */
@NullMarked
package org.homeport.testbeds.demo;

import org.jspecify.annotations.NullMarked;
