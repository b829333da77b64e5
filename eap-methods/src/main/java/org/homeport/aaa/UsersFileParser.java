package org.homeport.aaa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.homeport.eap.Nai;
import org.homeport.eap.aka.SimFields;
import org.homeport.eap.aka.Subscriber;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.eap.psk.PskKeys;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Secret;

/** Reads the format that {@link UsersFile} describes. */
final class UsersFileParser {
    private static final String KEYS =
            "secret=, nt-hash=, certificate=, k=, opc=, amf=, sqn=, psk=, method=, address=, pool=, group= or session-timeout=";

    private final String source;
    private final Set<String> methods;
    private final Map<String, Integer> lineOfName = new HashMap<>();

    /**
     * For one file.
     *
     * @param source its name, for messages
     * @param methods that a user may have
     */
    UsersFileParser(String source, Set<String> methods) {
        this.source = source;
        this.methods = new TreeSet<>(methods);
    }

    /** Returns the users by {@link Nai#key}. */
    Map<String, User> parse(String text) throws UsersFileException {
        Map<String, User> users = new LinkedHashMap<>();
        String[] lines = (text.startsWith("\ufeff") ? text.substring(1) : text).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            List<String> words = words(lines[i], i + 1);
            if (!words.isEmpty()) {
                User user = user(words, i + 1);
                Integer before = lineOfName.put(user.name().key(), i + 1);
                if (before != null) {
                    throw at(i + 1, "user '" + user.name() + "' stands in line " + before + " already");
                }
                users.put(user.name().key(), user);
            }
        }
        return users;
    }

    private User user(List<String> words, int line) throws UsersFileException {
        Fields fields = new Fields(line);
        Nai name;
        try {
            name = new Nai(words.getFirst());
        } catch (IllegalArgumentException e) {
            throw at(line, "the user name is " + e.getMessage());
        }
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                // Not repeated in the message: it may be half a password.
                throw at(line, "user '" + name + "': a word without '='; expected " + KEYS);
            }
            fields.take(name, word.substring(0, equals), word.substring(equals + 1));
        }
        fields.sim(name);
        UserSecret secret = fields.secret.orElseThrow(() -> at(
                line,
                "user '" + name + "' has neither secret= nor nt-hash= nor certificate=yes nor k= and opc= nor psk="));
        return new User(name, secret, fields.method, fields.sessionTimeout, fields.address, fields.pool, fields.group);
    }

    /** What one line has collected so far. */
    private final class Fields {
        private final int line;
        private Optional<UserSecret> secret = Optional.empty();
        private final SimFields sim = new SimFields();
        private Optional<Duration> sessionTimeout = Optional.empty();
        private final List<String> method = new ArrayList<>();
        private final List<IpAddress> address = new ArrayList<>();
        private final List<String> pool = new ArrayList<>();
        private final List<String> group = new ArrayList<>();

        Fields(int line) {
            this.line = line;
        }

        void take(Nai name, String key, String value) throws UsersFileException {
            switch (key) {
                case "secret" -> {
                    if (value.isEmpty()) {
                        throw at(line, "user '" + name + "' has an empty secret=; expected a password");
                    }
                    secret(new UserSecret.Password(Secret.utf8(value)));
                }
                case "nt-hash" -> secret(new UserSecret.HashedForMschap(ntHash(value)));
                case "certificate" -> {
                    if (!value.equals("yes")) {
                        throw at(line, "certificate=" + value + "; expected certificate=yes, or nothing");
                    }
                    secret(new UserSecret.Certificate());
                }
                case "k", "opc", "amf", "sqn" -> {
                    try {
                        sim.take(key, value);
                    } catch (SimFields.WrongFieldException e) {
                        throw at(line, "user '" + name + "': " + e.getMessage());
                    }
                }
                case "psk" -> secret(new UserSecret.Psk(PskKeys.of(Secret.wrap(hex(key, value)))));
                case "method" -> {
                    for (String one : list(key, value)) {
                        if (!methods.contains(one)) {
                            throw at(line, "method '" + one + "'; expected one of " + String.join(", ", methods));
                        }
                        method.add(one);
                    }
                }
                case "address" -> {
                    for (String one : list(key, value)) {
                        address.add(address(one));
                    }
                }
                case "pool" -> pool.addAll(list(key, value));
                case "group" -> group.addAll(list(key, value));
                case "session-timeout" -> sessionTimeout(value);
                default -> throw at(line, "user '" + name + "': unknown key '" + key + "'; expected " + KEYS);
            }
        }

        private void secret(UserSecret given) throws UsersFileException {
            if (secret.isPresent()) {
                throw at(line, "more than one of secret=, nt-hash=, certificate=, k= and psk=; expected one");
            }
            secret = Optional.of(given);
        }

        /** The SIM, once all of it is there. */
        void sim(Nai name) throws UsersFileException {
            if (!sim.isEmpty()) {
                try {
                    Subscriber subscriber = sim.subscriber(name.text());
                    secret(new UserSecret.Sim(subscriber.sim(), subscriber.used()));
                } catch (SimFields.WrongFieldException e) {
                    throw at(line, "user '" + name + "': " + e.getMessage());
                }
            }
        }

        private NtHash ntHash(String value) throws UsersFileException {
            return new NtHash(Secret.wrap(hex("nt-hash", value)));
        }

        private byte[] hex(String key, String value) throws UsersFileException {
            if (!value.matches("[0-9A-Fa-f]{32}")) {
                throw at(line, key + "= needs 32 hexadecimal digits, it has " + value.length() + " characters");
            }
            return HexFormat.of().parseHex(value);
        }

        private IpAddress address(String value) throws UsersFileException {
            try {
                return IpAddress.parse(value);
            } catch (IllegalArgumentException e) {
                throw at(line, "address '" + value + "'; expected an address like 2001:db8::5 or 192.0.2.5");
            }
        }

        private void sessionTimeout(String value) throws UsersFileException {
            if (!value.matches("[1-9][0-9]{0,8}")) {
                throw at(line, "session-timeout '" + value + "'; expected seconds, 1 or more");
            }
            sessionTimeout = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }

        private List<String> list(String key, String value) throws UsersFileException {
            List<String> values = List.of(value.split(",", -1));
            if (values.contains("")) {
                throw at(line, "nothing between '=', ',' and the end in " + key + "=" + value);
            }
            return values;
        }
    }

    /** Splits at white space outside quotes; {@code #} in front of a word begins a comment. */
    private List<String> words(String line, int number) throws UsersFileException {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '#') {
                break;
            }
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            StringBuilder word = new StringBuilder();
            at = word(line, at, word, number);
            words.add(word.toString());
        }
        return words;
    }

    private int word(String line, int from, StringBuilder word, int number) throws UsersFileException {
        int at = from;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            char c = line.charAt(at++);
            if (c == '"') {
                at = quoted(line, at, word, number);
            } else {
                word.append(c);
            }
        }
        return at;
    }

    /** @return the position after the closing quote */
    private int quoted(String line, int from, StringBuilder word, int number) throws UsersFileException {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return at;
            }
            if (c == '\\') {
                if (at == line.length() || (line.charAt(at) != '"' && line.charAt(at) != '\\')) {
                    throw at(number, "a backslash in column " + at + " of the quotes; expected \\\" or \\\\");
                }
                c = line.charAt(at++);
            }
            word.append(c);
        }
        throw at(number, "the quote opened in column " + from + " is not closed");
    }

    private UsersFileException at(int line, String problem) {
        return new UsersFileException(source + ", line " + line + ": " + problem);
    }
}
