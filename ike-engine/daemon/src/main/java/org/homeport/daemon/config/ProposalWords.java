package org.homeport.daemon.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.message.Proposal;
import org.homeport.daemon.config.Configuration.Algorithms;

/** Proposals in strongSwan's spelling; what only old peers need takes the operator's word. */
final class ProposalWords {
    private final Algorithms algorithms;

    ProposalWords(Algorithms algorithms) {
        this.algorithms = algorithms;
    }

    Scalar<Proposal> ike() {
        return Scalar.of(
                "algorithms joined by '-', as aes128gcm16-prfsha256-x25519 or aes128-sha256-ecp256",
                read(ProposalParser::ike));
    }

    Scalar<Proposal> esp() {
        return Scalar.of("algorithms joined by '-', as aes128gcm16 or aes128-sha256", read(ProposalParser::esp));
    }

    static List<Proposal> usualIke() {
        return ProposalParser.ikeDefaults();
    }

    static List<Proposal> usualEsp() {
        return ProposalParser.espDefaults();
    }

    /** Proposals of one payload are numbered from 1 on (RFC 7296 section 3.3.1). */
    static List<Proposal> numbered(List<Proposal> proposals) {
        return Stream.iterate(0, i -> i < proposals.size(), i -> i + 1)
                .map(i -> new Proposal(
                        i + 1,
                        proposals.get(i).protocol(),
                        proposals.get(i).spi(),
                        proposals.get(i).transforms()))
                .toList();
    }

    private Function<String, Proposal> read(Function<String, Proposal> parser) {
        return text -> {
            Proposal proposal;
            try {
                proposal = parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new Scalar.Explained(String.valueOf(e.getMessage()));
            }
            if (algorithms == Algorithms.CURRENT
                    && proposal.transforms().stream().anyMatch(ProposalParser::isLegacy)) {
                throw new Scalar.Explained("SHA-1 and MODP-1024 are only taken with legacy-algorithms: yes");
            }
            return proposal;
        };
    }
}
