package org.homeport.core.failure;

/** Carries a {@link Failure} from where it is seen to the shell, which answers by its table. */
public final class FailureException extends Exception {
    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.why(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
