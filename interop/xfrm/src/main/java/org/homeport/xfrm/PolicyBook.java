package org.homeport.xfrm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who wants which policy. The kernel holds one policy per key; several pairs may want the same one: a peer that came
 * back before its old IKE SA was found dead, a rekeyed pair beside its successor. The last to claim has it in force;
 * when that one goes, the one before comes back.
 */
final class PolicyBook {
    private record Claim(PairKey owner, PolicySpec policy) {}

    private final Map<PolicyKey, List<Claim>> claims = new HashMap<>();

    Optional<PolicySpec> inForce(PolicyKey key) {
        return Optional.ofNullable(claims.get(key)).map(c -> c.getLast().policy());
    }

    /** From now on the owner's policy is the one in force. */
    void claim(PairKey owner, PolicySpec policy) {
        List<Claim> all = claims.computeIfAbsent(policy.key(), k -> new ArrayList<>());
        all.removeIf(c -> c.owner().equals(owner));
        all.add(new Claim(owner, policy));
    }

    /** What the old owner claimed goes over to the new one, where that has not claimed the same itself. */
    void handOver(PairKey old, PairKey successor) {
        for (List<Claim> all : claims.values()) {
            boolean has = all.stream().anyMatch(c -> c.owner().equals(successor));
            if (has) {
                all.removeIf(c -> c.owner().equals(old));
            } else {
                all.replaceAll(c -> c.owner().equals(old) ? new Claim(successor, c.policy()) : c);
            }
        }
    }

    /** The owner's claims, in force or not. */
    List<PolicySpec> of(PairKey owner) {
        return claims.values().stream()
                .flatMap(List::stream)
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
        for (PolicySpec policy : of(owner)) {
            PolicyKey key = policy.key();
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
