/** RADIUS servers as one hopes never to meet them. */
@NullMarked
package org.homeport.testbeds.radius;

import org.jspecify.annotations.NullMarked;
