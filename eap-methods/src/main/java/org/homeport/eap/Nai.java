package org.homeport.eap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * A Network Access Identifier (RFC 7542): a user name, with or without {@code @realm}. Only what endangers a look-up
 * or a log is refused; the grammar is not checked, because names without realm and Windows' {@code DOMAIN\\name} are
 * in use.
 *
 * @param text 1..253 octets in UTF-8, without control characters
 */
public record Nai(String text) {
    /** What a RADIUS User-Name can hold (RFC 7542 section 2.3). */
    public static final int MAX_OCTETS = 253;

    public Nai {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /**
     * Reads what somebody else wrote.
     *
     * @throws WireException saying why it is no name
     */
    public static Nai of(Octets octets) throws WireException {
        if (octets.length() > MAX_OCTETS) {
            throw new WireException("an identity of " + octets.length() + " octets; " + MAX_OCTETS + " are allowed");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException("an identity that is not UTF-8: " + octets);
        }
        Optional<String> problem = problem(text);
        if (problem.isPresent()) {
            throw new WireException(problem.get());
        }
        return new Nai(text);
    }

    /** What follows the last @. */
    public Optional<String> realm() {
        int at = text.lastIndexOf('@');
        return at < 0 || at == text.length() - 1 ? Optional.empty() : Optional.of(text.substring(at + 1));
    }

    /** What precedes the first backslash, as Windows prepends its domain. */
    public Optional<String> windowsDomain() {
        int backslash = text.indexOf('\\');
        return backslash <= 0 ? Optional.empty() : Optional.of(text.substring(0, backslash));
    }

    /** The name without Windows domain and without realm. */
    public String user() {
        String user = text.substring(text.indexOf('\\') + 1);
        int at = user.lastIndexOf('@');
        return at <= 0 ? user : user.substring(0, at);
    }

    /** The form in which two names of one user are equal: realms compare without case (RFC 7542 section 2.4). */
    public String key() {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT);
    }

    private static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.of("an empty identity");
        }
        int octets = text.getBytes(StandardCharsets.UTF_8).length;
        if (octets > MAX_OCTETS) {
            return Optional.of("an identity of " + octets + " octets; " + MAX_OCTETS + " are allowed");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return Optional.of("an identity with the control character U+%04X at position %d"
                        .formatted((int) text.charAt(i), i));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
