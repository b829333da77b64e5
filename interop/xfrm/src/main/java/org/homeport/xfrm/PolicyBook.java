package org.homeport.xfrm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who wants which policy. The kernel holds one policy per key; several pairs may want the same one: a peer that came
 * back before its old IKE SA was found dead, a rekeyed pair beside its successor. The last to claim has it in force;
 * when that one goes, the one before comes back.
 */
final class PolicyBook {
    private record Claim(PairKey owner, PolicySpec policy) {}

    private final Map<PolicyKey, List<Claim>> claims = new HashMap<>();
    private final Map<PairKey, Set<PolicyKey>> keysOf = new HashMap<>();

    Optional<PolicySpec> inForce(PolicyKey key) {
        return Optional.ofNullable(claims.get(key)).map(c -> c.getLast().policy());
    }

    /** From now on the owner's policy is the one in force. */
    void claim(PairKey owner, PolicySpec policy) {
        List<Claim> all = claims.computeIfAbsent(policy.key(), k -> new ArrayList<>());
        all.removeIf(c -> c.owner().equals(owner));
        all.add(new Claim(owner, policy));
        keysOf.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(policy.key());
    }

    /** What the old owner claimed goes over to the new one; where both claimed, the later claim stands. */
    void handOver(PairKey old, PairKey successor) {
        Set<PolicyKey> given = Optional.ofNullable(keysOf.remove(old)).orElse(Set.of());
        Set<PolicyKey> own = keysOf.computeIfAbsent(successor, o -> new LinkedHashSet<>());
        for (PolicyKey key : given) {
            List<Claim> all = claims.getOrDefault(key, List.of());
            if (!own.add(key)) {
                PairKey earlier = all.stream()
                        .map(Claim::owner)
                        .filter(owner -> owner.equals(old) || owner.equals(successor))
                        .findFirst()
                        .orElse(old);
                all.removeIf(c -> c.owner().equals(earlier));
            }
            all.replaceAll(c -> c.owner().equals(old) ? new Claim(successor, c.policy()) : c);
        }
    }

    /** Those of the owner's policies that are in force. */
    List<PolicySpec> inForceOf(PairKey owner) {
        return keysOf.getOrDefault(owner, Set.of()).stream()
                .map(key -> claims.getOrDefault(key, List.of()).getLast())
                .filter(c -> c.owner().equals(owner))
                .map(Claim::policy)
                .toList();
    }

    /**
     * The owner wants none of its policies any more.
     *
     * @return for each that it had in force: the policy to come back in its place, empty if there is none
     */
    Map<PolicyKey, Optional<PolicySpec>> release(PairKey owner) {
        Map<PolicyKey, Optional<PolicySpec>> changed = new LinkedHashMap<>();
        for (PolicyKey key : Optional.ofNullable(keysOf.remove(owner)).orElse(Set.of())) {
            List<Claim> all = claims.getOrDefault(key, List.of());
            boolean wasInForce = all.getLast().owner().equals(owner);
            all.removeIf(c -> c.owner().equals(owner));
            if (all.isEmpty()) {
                claims.remove(key);
            }
            if (wasInForce) {
                changed.put(key, inForce(key));
            }
        }
        return changed;
    }
}
