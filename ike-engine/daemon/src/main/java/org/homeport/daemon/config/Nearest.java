package org.homeport.daemon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What was probably meant by a word that is none of those known. */
final class Nearest {
    private Nearest() {}

    /** The known word with the fewest edits, if at most a third of its letters would have to change. */
    static Optional<String> to(String word, Collection<String> known) {
        String plain = fold(word);
        return known.stream()
                .filter(k -> edits(plain, fold(k)) <= Math.max(1, k.length() / 3))
                .min(Comparator.comparingInt((String k) -> edits(plain, fold(k)))
                        .thenComparing(k -> k));
    }

    /** strongSwan writes {@code esp_proposals} where we write {@code esp-proposals}. */
    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Levenshtein's distance, two neighbours swapped counting as one edit. */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
