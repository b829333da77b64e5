package org.homeport.vici;

import java.util.Optional;

/** VICI's numbers are text. */
final class Numbers {
    private Numbers() {}

    /** A decimal number; 0 where charon names none. */
    static long of(ViciMessage message, String name) throws ViciException {
        return parse(message, name, 10);
    }

    /** An SPI, in hexadecimal; 0 where charon names none. */
    static long hex(ViciMessage message, String name) throws ViciException {
        return parse(message, name, 16);
    }

    private static long parse(ViciMessage message, String name, int radix) throws ViciException {
        Optional<String> text = message.text(name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text.get(), radix);
        } catch (NumberFormatException e) {
            throw new ViciException(
                    ViciException.Kind.MALFORMED, "charon says " + name + " = '" + text.get() + "', not a number", e);
        }
    }
}
