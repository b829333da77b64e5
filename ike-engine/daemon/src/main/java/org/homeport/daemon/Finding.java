package org.homeport.daemon;

/**
 * What an inspection saw.
 *
 * @param about what was looked at
 * @param sentence what is so, and if that is bad, what to do
 */
public record Finding(Verdict verdict, String about, String sentence) {
    public enum Verdict {
        OK,
        /** Works, but somebody should know. */
        NOTE,
        WRONG
    }

    static Finding ok(String about, String sentence) {
        return new Finding(Verdict.OK, about, sentence);
    }

    static Finding note(String about, String sentence) {
        return new Finding(Verdict.NOTE, about, sentence);
    }

    static Finding wrong(String about, String sentence) {
        return new Finding(Verdict.WRONG, about, sentence);
    }
}
