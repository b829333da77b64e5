package org.homeport.core.child;

/** What became of an {@code InstallSa}. */
public sealed interface SaOutcome {
    /** Both SAs, and the policies if they are ours, are in force. */
    record Installed() implements SaOutcome {}

    /** Nothing of it is in force: what had been installed was taken back. @param reason a sentence for the operator */
    record Failed(String reason) implements SaOutcome {}
}
