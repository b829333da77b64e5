/**
 * Authentication, authorization and accounting: the port behind which a conversation is decided, and the AAA that
 * runs in this process, with its users.
 */
@NullMarked
package org.homeport.aaa;

import org.jspecify.annotations.NullMarked;
