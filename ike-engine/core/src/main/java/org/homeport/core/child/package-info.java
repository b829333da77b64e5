/** CHILD_SAs: proposal choice, selector narrowing, SA plans; shared by both roles. */
@NullMarked
package org.homeport.core.child;

import org.jspecify.annotations.NullMarked;
