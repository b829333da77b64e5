/**
 * EAP (RFC 3748): packets, the state machines of both sides, and the shape of a method. Sans I/O; knows neither IKE
 * nor RADIUS.
 */
@NullMarked
package org.homeport.eap;

import org.jspecify.annotations.NullMarked;
