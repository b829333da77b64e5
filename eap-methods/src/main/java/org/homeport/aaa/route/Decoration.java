package org.homeport.aaa.route;

import java.util.Optional;
import java.util.Set;
import org.homeport.eap.Nai;

/**
 * Names that carry their path: {@code home.example!user@visited.example} is to be brought to visited.example, and there
 * becomes {@code user@home.example} (RFC 7542 section 3.3.1).
 */
public final class Decoration {
    private Decoration() {}

    /**
     * Undoes what is ours to undo.
     *
     * @param own the realms that we are
     * @return the name to be routed by
     */
    public static Nai undo(Nai name, Set<Realm> own) {
        Nai undone = name;
        // Every turn takes one '!' away.
        for (Optional<Nai> inner = once(undone, own); inner.isPresent(); inner = once(undone, own)) {
            undone = inner.get();
        }
        return undone;
    }

    private static Optional<Nai> once(Nai name, Set<Realm> own) {
        if (name.realm().map(Realm::new).filter(own::contains).isEmpty()) {
            return Optional.empty();
        }
        int mark = name.text().indexOf('!');
        int at = name.text().lastIndexOf('@');
        if (mark <= 0 || mark > at || name.text().charAt(mark - 1) == '\\') {
            return Optional.empty();
        }
        String home = name.text().substring(0, mark);
        return new Realm(home).isDomain()
                ? Optional.of(new Nai(name.text().substring(mark + 1, at) + "@" + home))
                : Optional.empty();
    }
}
