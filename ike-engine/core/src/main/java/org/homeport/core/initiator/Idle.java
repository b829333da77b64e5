package org.homeport.core.initiator;

import java.util.Optional;
import org.homeport.core.exchange.Suites;
import org.homeport.core.session.Event;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Phase;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** Awaits the order to start. */
record Idle(InitiatorPolicy policy) implements Outbound {
    @Override
    public Phase phase() {
        return Phase.UNPROTECTED;
    }

    @Override
    public State command(Turn turn, Event.Command command) {
        if (!(command instanceof Event.Command.Start)) {
            return Outbound.super.command(turn, command);
        }
        turn.identity(policy.connection().remote().text());
        IkeSa sa = new IkeSa(Role.INITIATOR, turn.newIkeSpi(), 0);
        turn.add(sa);
        return InitRequest.first(
                        turn,
                        policy,
                        Suites.groups(policy.connection().ikeProposals()).getFirst())
                .send(turn, sa, Optional.empty(), 0);
    }
}
