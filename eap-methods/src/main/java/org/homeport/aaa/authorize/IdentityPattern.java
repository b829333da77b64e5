package org.homeport.aaa.authorize;

import java.util.List;
import java.util.Locale;

/**
 * Names of one shape: {@code *} stands for any characters, also none. What follows the last @ is compared without case
 * (RFC 7542 section 2.4), what precedes it with case.
 */
public record IdentityPattern(String text) {
    public boolean matches(String identity) {
        String name = key(identity);
        List<String> parts = List.of(key(text).split("\\*", -1));
        if (parts.size() == 1) {
            return name.equals(parts.getFirst());
        }
        String last = parts.getLast();
        if (!name.startsWith(parts.getFirst()) || !name.endsWith(last)) {
            return false;
        }
        // The leftmost place of every part leaves the most room for the next.
        int at = parts.getFirst().length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = name.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return at + last.length() <= name.length();
    }

    private static String key(String name) {
        int at = name.lastIndexOf('@');
        return at < 0 ? name : name.substring(0, at) + name.substring(at).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
