package org.homeport.eap.aka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.Conversation;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.MethodOffer;
import org.homeport.eap.Methods;
import org.homeport.eap.Nai;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** A home with one SIM, and a peer that has it; keys of TS 35.208's test set 19. */
public final class Aka {
    public static final Sim SIM = new Sim(
            Secret.copyOf(Octets.fromHex("5122250214c33e723a5dd523fc145fc0")),
            Secret.copyOf(Octets.fromHex("981d464c7c52eb6e5036234984ad0bcf")),
            Sim.DEFAULT_AMF);
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
    static final String REALM = "wlan.mnc010.mcc232.3gppnetwork.org";
    static final String NAME = "232010000000000@" + REALM;

    final RandomSource random = Methods.random(5);
    final AuthenticationCentre centre = new AuthenticationCentre(CLOCK, random);
    final AkaVariant variant;
    AkaMemory memory = new BoundedAkaMemory(8);
    AkaServerSettings serverSettings;
    AkaPeerSettings peerSettings = AkaPeerSettings.DEFAULT;
    AkaSubscription subscription;
    Sim known = SIM;

    Aka(AkaVariant variant) {
        this.variant = variant;
        this.serverSettings = AkaServerSettings.of(variant, Bidding.NONE);
        this.subscription = subscription(variant, SIM, Sqn.NONE);
    }

    static Nai permanent(AkaVariant variant) {
        return new Nai(variant.permanentLead() + NAME);
    }

    static AkaSubscription subscription(AkaVariant variant, Sim sim, Sqn sqn) {
        return new AkaSubscription(variant, permanent(variant), new Usim(sim, sqn));
    }

    AkaAccounts accounts() {
        return name -> name.equals(permanent(variant))
                ? new AkaAccounts.Account.Known(new Subscriber(NAME, known, Sqn.NONE))
                : new AkaAccounts.Account.Refused("unknown user '" + name + "'");
    }

    AkaServer server() {
        return new AkaServer(serverSettings, accounts(), centre, memory, random);
    }

    /** For the next conversation. */
    AkaPeer peer() {
        return new AkaPeer(subscription, subscription.identity(), peerSettings, random);
    }

    EapAuthenticator authenticator() {
        return new EapAuthenticator(
                claimed -> List.of(new MethodOffer(variant.type(), this::server)),
                IdentityQuestion.ASK,
                Optional.empty(),
                EapLimits.DEFAULT,
                random);
    }

    EapPeer eapPeer() {
        Octets identity = subscription.identity();
        return new EapPeer(identity, List.of(peer()), EapLimits.DEFAULT);
    }

    Conversation converse() {
        return new Conversation(authenticator(), eapPeer()).run();
    }
}
