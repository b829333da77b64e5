package org.homeport.eap.aka;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A peer's side of the choice of a key derivation function (RFC 9048 section 3.2). */
final class KdfChoice {
    private Optional<List<Integer>> expected = Optional.empty();

    /** What to do. */
    enum Verdict {
        /** Go on with the challenge. */
        GO_ON,
        /** Ask for {@link AkaRequests#KDF}, and for nothing else. */
        ASK,
        /** As if AUTN had been incorrect. */
        REJECT,
        /** As if AT_MAC had been incorrect. */
        CHANGED
    }

    /** @param offered in the order of the message */
    Verdict look(List<Integer> offered) {
        if (expected.isPresent()) {
            return expected.get().equals(offered) ? Verdict.GO_ON : Verdict.CHANGED;
        }
        if (new HashSet<>(offered).size() < offered.size() || !offered.contains(AkaRequests.KDF)) {
            return Verdict.REJECT;
        }
        if (offered.getFirst() == AkaRequests.KDF) {
            expected = Optional.of(offered);
            return Verdict.GO_ON;
        }
        expected = Optional.of(
                Stream.concat(Stream.of(AkaRequests.KDF), offered.stream()).toList());
        return Verdict.ASK;
    }
}
