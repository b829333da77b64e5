package org.homeport.aaa.route;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A realm, as names are routed by it.
 *
 * @param key its form for comparing: normalized to NFC (RFC 7542 section 3), A to Z in lower case. Of other letters it
 *     is not known what their lower case is: section 3 warns of it.
 */
public record Realm(String key) {
    /** Two labels at least (RFC 7542 section 2.2). */
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:[a-z0-9\\P{ASCII}](?:[a-z0-9-\\P{ASCII}]*[a-z0-9\\P{ASCII}])?\\.)+"
                    + "[a-z0-9\\P{ASCII}](?:[a-z0-9-\\P{ASCII}]*[a-z0-9\\P{ASCII}])?");

    public Realm {
        StringBuilder lower = new StringBuilder();
        for (char c : Normalizer.normalize(key, Normalizer.Form.NFC).toCharArray()) {
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        key = lower.toString();
    }

    /** Whether RFC 7542 lets it stand for a domain; Windows' domains and much that is in use do not. */
    public boolean isDomain() {
        return GRAMMAR.matcher(key).matches();
    }

    @Override
    public String toString() {
        return key;
    }
}
