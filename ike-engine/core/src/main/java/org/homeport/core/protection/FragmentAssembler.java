package org.homeport.core.protection;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** Puts the fragments of one message together (RFC 7383 section 2.6): one object per direction and message ID. */
public final class FragmentAssembler {
    public static final int MAX_FRAGMENTS = 64;
    /** Octets of the whole, as many as an SK payload could have held. */
    public static final int MAX_OCTETS = 0xffff;

    private final SortedMap<Integer, Unsealed.Fragment> received = new TreeMap<>();
    private int total;
    private int octets;
    private boolean finished;

    /**
     * Takes a fragment whose integrity was verified. Duplicates, fragments of a set that a finer one has replaced, and
     * whatever comes after the last are discarded.
     *
     * @return the payloads, once: with the fragment that completes them
     * @throws WireException if the message is longer than we take, or its payloads are malformed
     */
    public Optional<List<Payload>> add(Unsealed.Fragment fragment) throws WireException {
        if (finished || fragment.total() < total) {
            return Optional.empty();
        }
        if (fragment.total() > MAX_FRAGMENTS) {
            throw new WireException("message of " + fragment.total() + " fragments, at most " + MAX_FRAGMENTS);
        }
        if (fragment.total() > total) {
            // The sender has split the message anew for a smaller path MTU.
            forget();
            total = fragment.total();
        }
        if (received.putIfAbsent(fragment.number(), fragment) != null) {
            return Optional.empty();
        }
        octets += fragment.plaintext().length();
        if (octets > MAX_OCTETS) {
            forget();
            throw new WireException("fragmented message of more than " + MAX_OCTETS + " octets");
        }
        return received.size() == total ? Optional.of(assembled()) : Optional.empty();
    }

    private List<Payload> assembled() throws WireException {
        PayloadType first = received.firstEntry().getValue().firstInner();
        Octets whole = Octets.concat(
                received.values().stream().map(Unsealed.Fragment::plaintext).toArray(Octets[]::new));
        finished = true;
        forget();
        return MessageDecoder.payloads(first, whole);
    }

    private void forget() {
        received.clear();
        octets = 0;
        total = 0;
    }
}
