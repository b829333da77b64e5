package org.homeport.eap.aka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.Nai;
import org.homeport.eap.aka.AkaCodec.Sender;
import org.homeport.eap.aka.AkaMessage.Attribute;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaServerSettings.ResultIndications;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** Writes what a server sends in one conversation (RFC 4187 section 9). */
final class AkaRequests {
    /** The only key derivation function there is (RFC 9048 section 3.3). */
    static final int KDF = 1;

    private final AkaServerSettings settings;
    private final AkaTranscript transcript;
    private final RandomSource random;

    AkaRequests(AkaServerSettings settings, AkaTranscript transcript, RandomSource random) {
        this.settings = settings;
        this.transcript = transcript;
        this.random = random;
    }

    Octets challenge(AkaVector vector, AkaKeys keys, Optional<String> pseudonym, Optional<Nai> next, int identifier) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(AkaCodec.AT_RAND, vector.rand()));
        attributes.add(new Attribute(AkaCodec.AT_AUTN, vector.autn()));
        switch (settings.variant()) {
            case AKA -> {
                if (settings.bidding() == Bidding.AKA_PRIME_PREFERRED) {
                    attributes.add(Attribute.number(AkaCodec.AT_BIDDING, AkaCodec.BIDDING_D));
                }
            }
            case AKA_PRIME -> {
                attributes.add(Attribute.number(AkaCodec.AT_KDF, KDF));
                attributes.add(new Attribute(AkaCodec.AT_KDF_INPUT, settings.networkName()));
            }
        }
        indicate(attributes);
        List<Attribute> secret = new ArrayList<>();
        pseudonym.ifPresent(name -> secret.add(new Attribute(AkaCodec.AT_NEXT_PSEUDONYM, Octets.utf8(name))));
        next.ifPresent(name -> secret.add(nextName(name)));
        return signed(AkaMessage.CHALLENGE, attributes, secret, keys.teks(), identifier);
    }

    Octets reauthentication(AkaTeks teks, int counter, Octets nonceS, Optional<Nai> next, int identifier) {
        List<Attribute> attributes = new ArrayList<>();
        indicate(attributes);
        List<Attribute> secret = new ArrayList<>();
        secret.add(Attribute.number(AkaCodec.AT_COUNTER, counter));
        secret.add(new Attribute(AkaCodec.AT_NONCE_S, nonceS));
        next.ifPresent(name -> secret.add(nextName(name)));
        return signed(AkaMessage.REAUTHENTICATION, attributes, secret, teks, identifier);
    }

    /** @param counter of a fast re-authentication, which goes with it (RFC 4187 section 9.10) */
    Octets success(AkaTeks teks, Optional<Integer> counter, int identifier) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.number(AkaCodec.AT_NOTIFICATION, AkaNotification.SUCCESS.code()));
        List<Attribute> secret = counter.map(number -> Attribute.number(AkaCodec.AT_COUNTER, number)).stream()
                .toList();
        return signed(AkaMessage.NOTIFICATION, attributes, secret, teks, identifier);
    }

    static Octets failure() {
        return AkaCodec.encode(AkaMessage.of(
                AkaMessage.NOTIFICATION, Attribute.number(AkaCodec.AT_NOTIFICATION, AkaNotification.FAILURE.code())));
    }

    private static Attribute nextName(Nai name) {
        return new Attribute(AkaCodec.AT_NEXT_REAUTH_ID, Octets.utf8(name.text()));
    }

    private void indicate(List<Attribute> attributes) {
        if (settings.resultIndications() == ResultIndications.OFFERED) {
            attributes.add(Attribute.of(AkaCodec.AT_RESULT_IND));
        }
        attributes.add(transcript.checkcode());
    }

    private Octets signed(
            int subtype, List<Attribute> attributes, List<Attribute> secret, AkaTeks teks, int identifier) {
        if (!secret.isEmpty()) {
            attributes.addAll(AkaCodec.encrypted(secret, teks.kEncr(), random.octets(AkaCodec.BLOCK)));
        }
        return AkaCodec.signed(
                settings.variant(),
                Sender.SERVER,
                identifier,
                new AkaMessage(subtype, attributes),
                teks.kAut(),
                Octets.EMPTY);
    }
}
