package org.homeport.core.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;

/**
 * What a session holds outside itself and owes back when it ends, whatever state it ends in: kernel SAs, leases, an EAP
 * conversation, answers under way.
 */
final class Holdings {
    private final Map<SaHandle, String> sas = new LinkedHashMap<>();
    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final Set<CallId> calls = new HashSet<>();
    private long lastCall;
    private boolean eapOpen;

    CallId call() {
        CallId call = new CallId(++lastCall);
        calls.add(call);
        return call;
    }

    /** @return whether the answer is awaited: only once */
    boolean answered(CallId call) {
        return calls.remove(call);
    }

    void eapOpen() {
        eapOpen = true;
    }

    void eapOver() {
        eapOpen = false;
    }

    /** From the order on, not from its success: taking back what never was is harmless. */
    void installed(SaHandle sa, String name) {
        sas.put(sa, name);
    }

    void removed(SaHandle sa) {
        sas.remove(sa);
    }

    void leased(LeaseOutcome outcome) {
        if (outcome instanceof LeaseOutcome.Granted granted) {
            granted.leases().forEach(lease -> leases.put(lease.id(), lease));
        }
    }

    boolean released(Lease lease) {
        return leases.remove(lease.id()) != null;
    }

    List<Lease> leases() {
        return List.copyOf(leases.values());
    }

    enum Leases {
        RELEASE,
        KEEP
    }

    /** Everything to be given back, in the order to do it; afterwards nothing is held. */
    List<Output> giveBack(Leases fate) {
        List<Output> outputs = new ArrayList<>();
        sas.keySet().forEach(sa -> outputs.add(new Output.RemoveSa(sa, Output.RemoveSa.Policies.REMOVE)));
        if (fate == Leases.RELEASE) {
            leases.values().forEach(lease -> outputs.add(new Output.ReleaseLease(lease)));
        }
        if (eapOpen) {
            outputs.add(new Output.AskEap(new CallId(++lastCall), new EapTurn.Abandon()));
        }
        sas.clear();
        leases.clear();
        calls.clear();
        eapOpen = false;
        return outputs;
    }
}
