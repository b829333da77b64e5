package org.homeport.eap.aka;

import java.util.Optional;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * A SIM in a peer, with the names that its network gave it. Stays over conversations.
 *
 * <p>A pseudonym or a name for fast re-authentication that is no NAI is as good as none.
 */
public final class AkaSubscription {
    private final AkaVariant variant;
    private final Nai permanent;
    private final Usim usim;
    private Optional<Nai> pseudonym = Optional.empty();
    private Optional<Context> context = Optional.empty();

    /**
     * What fast re-authentication needs.
     *
     * @param counter the highest seen
     */
    record Context(Nai name, AkaTeks teks, int counter) {}

    /** @param permanent as the network knows the SIM: its IMSI behind {@link AkaVariant#permanentLead}, at a realm */
    public AkaSubscription(AkaVariant variant, Nai permanent, Usim usim) {
        this.variant = variant;
        this.permanent = permanent;
        this.usim = usim;
    }

    public AkaVariant variant() {
        return variant;
    }

    /** What to answer to EAP-Request/Identity, or to say in its stead (RFC 4187 section 4.1.3). */
    public synchronized Octets identity() {
        return Octets.utf8(
                context.map(Context::name).or(() -> pseudonym).orElse(permanent).text());
    }

    Usim usim() {
        return usim;
    }

    Octets permanent() {
        return Octets.utf8(permanent.text());
    }

    synchronized Optional<Octets> pseudonym() {
        return pseudonym.map(name -> Octets.utf8(name.text()));
    }

    /** The context, once. */
    synchronized Optional<Context> takeContext() {
        Optional<Context> taken = context;
        context = Optional.empty();
        return taken;
    }

    /** The context, once, if that is its name. */
    synchronized Optional<Context> takeContext(Octets name) {
        return context.filter(known -> Octets.utf8(known.name().text()).equals(name))
                        .isPresent()
                ? takeContext()
                : Optional.empty();
    }

    /** @param username without realm: the realm stays that of the permanent identity (RFC 4187 section 4.1.1.9) */
    synchronized void keepPseudonym(Octets username) {
        try {
            String text = Nai.of(username).text();
            pseudonym = Optional.of(Nai.of(Octets.utf8(
                    text + permanent.realm().map(realm -> "@" + realm).orElse(""))));
        } catch (WireException e) {
            // Too long, or no text.
            pseudonym = Optional.empty();
        }
    }

    /** In place of the one before; that one is gone in any case (RFC 4187 section 5.3). */
    synchronized void keepContext(Optional<Octets> name, AkaTeks teks, int counter) {
        context = Optional.empty();
        if (name.isPresent()) {
            try {
                context = Optional.of(new Context(Nai.of(name.get()), teks, counter));
            } catch (WireException e) {
                // No name, no context: the next authentication is a full one.
                context = Optional.empty();
            }
        }
    }
}
