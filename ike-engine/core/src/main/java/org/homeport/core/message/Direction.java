package org.homeport.core.message;

/** Whether a message asks or answers: the Response flag of its header. */
public enum Direction {
    REQUEST,
    RESPONSE
}
