package org.homeport.eap.aka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.eap.Nai;

/** A memory in this process, for so many subscribers: those that come least often are forgotten first. */
public final class BoundedAkaMemory implements AkaMemory {
    private static final int PSEUDONYMS_EACH = 2;

    private final int most;
    private final Map<String, Nai> permanentOf = new LinkedHashMap<>();
    private final Map<String, AkaContext> contexts = new LinkedHashMap<>();

    /** In the order in which they came last, who came least recently first. */
    private final Map<String, Kept> subscribers = new LinkedHashMap<>();

    /** The names of one subscriber. */
    private static final class Kept {
        private final Deque<String> pseudonyms = new ArrayDeque<>();
        private Optional<String> context = Optional.empty();
    }

    /** @param most subscribers, 1 or more */
    public BoundedAkaMemory(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a memory for " + most + " subscribers");
        }
        this.most = most;
    }

    @Override
    public synchronized void keepPseudonym(String pseudonym, Nai permanent) {
        Kept kept = touch(permanent);
        kept.pseudonyms.addLast(pseudonym);
        permanentOf.put(pseudonym, permanent);
        if (kept.pseudonyms.size() > PSEUDONYMS_EACH) {
            permanentOf.remove(kept.pseudonyms.removeFirst());
        }
    }

    @Override
    public synchronized Optional<Nai> behind(String pseudonym) {
        return Optional.ofNullable(permanentOf.get(pseudonym));
    }

    @Override
    public synchronized void keepContext(String name, AkaContext context) {
        Kept kept = touch(context.permanent());
        kept.context.ifPresent(contexts::remove);
        kept.context = Optional.of(name);
        contexts.put(name, context);
    }

    @Override
    public synchronized Optional<AkaContext> takeContext(String name) {
        return Optional.ofNullable(contexts.remove(name));
    }

    private Kept touch(Nai permanent) {
        Kept kept = Optional.ofNullable(subscribers.remove(permanent.key())).orElseGet(Kept::new);
        subscribers.put(permanent.key(), kept);
        if (subscribers.size() > most) {
            forget(subscribers.keySet().iterator().next());
        }
        return kept;
    }

    private void forget(String subscriber) {
        Optional.ofNullable(subscribers.remove(subscriber)).ifPresent(kept -> {
            kept.pseudonyms.forEach(permanentOf::remove);
            kept.context.ifPresent(contexts::remove);
        });
    }
}
