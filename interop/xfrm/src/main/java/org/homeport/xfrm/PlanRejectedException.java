package org.homeport.xfrm;

/** A plan that the kernel has no words for; the message is a sentence for the operator. */
final class PlanRejectedException extends Exception {
    PlanRejectedException(String message) {
        super(message, null, false, false);
    }
}
