package org.homeport.aaa.authorize;

import java.util.List;
import java.util.OptionalInt;

/**
 * Authorization apart from authentication (RFC 5637 section 5.2): a user whom its AAA knows need not have mobility
 * service. The first rule that matches decides; if none does, service is allowed.
 */
public record MobilityService(List<ServiceRule> rules) {
    public static final MobilityService FOR_ALL = new MobilityService(List.of());

    public MobilityService {
        rules = List.copyOf(rules);
    }

    public ServiceDecision decide(ServiceSubject subject) {
        for (int i = 0; i < rules.size(); i++) {
            ServiceRule rule = rules.get(i);
            if (rule.matches(subject)) {
                String standard = "rule " + (i + 1) + " of authorization (" + rule + ") decides of '"
                        + subject.identity() + "', authenticated with " + subject.method();
                return new ServiceDecision(
                        rule.verdict(), OptionalInt.of(i + 1), rule.why().orElse(standard));
            }
        }
        return new ServiceDecision(Verdict.ALLOW, OptionalInt.empty(), "no rule of authorization matches");
    }
}
