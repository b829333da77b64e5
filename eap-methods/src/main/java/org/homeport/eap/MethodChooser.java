package org.homeport.eap;

import java.util.List;
import java.util.Optional;

/** Which methods may authenticate whom. */
@FunctionalInterface
public interface MethodChooser {
    /**
     * The methods to propose.
     *
     * @param claimed what the peer says, not proved; empty if it says nothing
     * @return in order of preference; empty: nobody of that name can be authenticated
     */
    List<MethodOffer> offersFor(Optional<Nai> claimed);
}
