package org.homeport.testbeds.hlr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.eap.aka.AkaVector;
import org.homeport.eap.aka.AuthenticationCentre;
import org.homeport.eap.aka.Subscriber;
import org.homeport.kit.Octets;

/** What hostapd asks in its {@code eap_sim_db} protocol, and the answers: words of text, one datagram each. */
final class HlrDialogue {
    private static final String AUTS = "[0-9A-Fa-f]{28}";
    private static final String RAND = "[0-9A-Fa-f]{32}";

    private final Map<String, Subscriber> subscribers;
    private final AuthenticationCentre centre;

    HlrDialogue(Map<String, Subscriber> subscribers, AuthenticationCentre centre) {
        this.subscribers = Map.copyOf(subscribers);
        this.centre = centre;
    }

    /** @return empty if the request wants no answer, or is none */
    Optional<String> answer(String request) {
        List<String> words = List.of(request.strip().split("\\s+"));
        String what = words.getFirst();
        if (what.equals("AKA-REQ-AUTH") && words.size() == 2) {
            String imsi = words.get(1);
            return Optional.of(
                    "AKA-RESP-AUTH " + imsi + " " + find(imsi).map(this::vector).orElse("FAILURE"));
        } else if (what.equals("AKA-AUTS") && words.size() == 4) {
            find(words.get(1)).ifPresent(subscriber -> resynchronise(subscriber, words.get(2), words.get(3)));
            return Optional.empty();
        } else if (what.equals("SIM-REQ-AUTH") && words.size() >= 2) {
            // No GSM here.
            return Optional.of("SIM-RESP-AUTH " + words.get(1) + " FAILURE");
        }
        return Optional.empty();
    }

    private Optional<Subscriber> find(String imsi) {
        return Optional.ofNullable(subscribers.get(imsi));
    }

    private String vector(Subscriber subscriber) {
        AkaVector vector = centre.next(subscriber);
        return String.join(
                " ",
                vector.rand().hex(),
                vector.autn().hex(),
                vector.ik().expose().hex(),
                vector.ck().expose().hex(),
                vector.res().hex());
    }

    private void resynchronise(Subscriber subscriber, String auts, String rand) {
        if (auts.matches(AUTS) && rand.matches(RAND)) {
            centre.resynchronise(subscriber, Octets.fromHex(rand), Octets.fromHex(auts));
        }
    }
}
