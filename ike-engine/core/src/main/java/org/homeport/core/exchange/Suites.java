package org.homeport.core.exchange;

import java.util.List;
import java.util.Optional;
import org.homeport.core.child.EspSuite;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.EsnId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.core.registry.TransformType;

/** Reads the outcome of a negotiation: proposals that hold one transform of each type. */
public final class Suites {
    private Suites() {}

    public static IkeSuite ike(Proposal chosen) {
        Transform encryption = one(chosen, TransformType.ENCR).orElseThrow();
        return new IkeSuite(
                new EncryptionId(encryption.id()),
                encryption.keyBits().orElse(0),
                integrity(chosen),
                new PrfId(one(chosen, TransformType.PRF).orElseThrow().id()),
                new KeyExchangeId(one(chosen, TransformType.KE).orElseThrow().id()));
    }

    public static EspSuite esp(Proposal chosen) {
        Transform encryption = one(chosen, TransformType.ENCR).orElseThrow();
        return new EspSuite(
                new EncryptionId(encryption.id()),
                encryption.keyBits().orElse(0),
                integrity(chosen),
                one(chosen, TransformType.ESN).map(t -> new EsnId(t.id())).orElse(EsnId.NO_ESN));
    }

    /** Whether one of the proposals takes an IKE SA's algorithms. */
    public static boolean allow(List<Proposal> allowed, IkeSuite suite) {
        return allowed.stream()
                .anyMatch(p -> p.of(TransformType.ENCR).stream()
                                .anyMatch(t -> t.id() == suite.encryption().value()
                                        && t.keyBits().orElse(0) == suite.keyBits())
                        && suite.integrity()
                                .map(i -> names(p, TransformType.INTEG, i.value()))
                                .orElse(true)
                        && names(p, TransformType.PRF, suite.prf().value())
                        && names(p, TransformType.KE, suite.group().value()));
    }

    private static boolean names(Proposal proposal, TransformType type, int id) {
        return proposal.of(type).stream().anyMatch(t -> t.id() == id);
    }

    /** The D-H group of a proposal, if it has one. */
    public static Optional<KeyExchangeId> group(Proposal chosen) {
        return one(chosen, TransformType.KE)
                .map(t -> new KeyExchangeId(t.id()))
                .filter(group -> !group.equals(KeyExchangeId.NONE));
    }

    /** The groups of several proposals, in order of preference. */
    public static List<KeyExchangeId> groups(List<Proposal> proposals) {
        return proposals.stream()
                .flatMap(p -> p.of(TransformType.KE).stream())
                .map(t -> new KeyExchangeId(t.id()))
                .filter(group -> !group.equals(KeyExchangeId.NONE))
                .distinct()
                .toList();
    }

    private static Optional<IntegrityId> integrity(Proposal chosen) {
        return one(chosen, TransformType.INTEG)
                .map(t -> new IntegrityId(t.id()))
                .filter(id -> !id.equals(IntegrityId.NONE));
    }

    private static Optional<Transform> one(Proposal proposal, TransformType type) {
        return proposal.of(type).stream().findFirst();
    }
}
