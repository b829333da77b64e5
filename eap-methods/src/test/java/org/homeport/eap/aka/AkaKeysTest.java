package org.homeport.eap.aka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.Vectors;
import org.homeport.eap.aka.AkaMessage.Attribute;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AkaKeysTest {
    private static final Vectors PRIME = Vectors.of("rfc9048/appendix-d");

    /** EAP-SIM's example: MK apart, keys are made alike, and attributes have the same numbers. */
    private static final Vectors SIM = Vectors.of("rfc4186/appendix-a");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void casesOfAkaPrime(int number) {
        Octets networkName = Octets.utf8(PRIME.text(number + ".network-name"));
        AkaVector vector = vector(number);
        Secret bound = AkaKeys.bound(vector, networkName);
        assertThat(bound.slice(0, 16)).isEqualTo(prime(number, "ik-prime"));
        assertThat(bound.slice(16, 32)).isEqualTo(prime(number, "ck-prime"));
        AkaKeys keys =
                AkaKeys.full(AkaVariant.AKA_PRIME, Octets.utf8(PRIME.text(number + ".identity")), vector, networkName);
        assertThat(keys.teks())
                .isEqualTo(new AkaTeks(prime(number, "k_encr"), prime(number, "k_aut"), prime(number, "k_re")));
        assertThat(keys.msk()).isEqualTo(prime(number, "msk"));
        assertThat(keys.emsk()).isEqualTo(prime(number, "emsk"));
    }

    /** Cases 1 and 2 are of TS 35.208's test set 19: AUTN comes out of the SIM's key too. */
    @Test
    void vectorsOfAkaPrimeAreMilenages() {
        Sim sim = new Sim(
                Secret.copyOf(Octets.fromHex("5122250214c33e723a5dd523fc145fc0")),
                Secret.copyOf(Octets.fromHex("981d464c7c52eb6e5036234984ad0bcf")),
                Octets.fromHex("c3ab"));
        assertThat(AuthenticationCentre.vector(
                        sim, Sqn.of(Octets.fromHex("16f3b3f70fc2")), PRIME.hex("1.rand"), sim.amf()))
                .isEqualTo(vector(1));
    }

    @Test
    void fipsPrfMakesKeysOfMk() {
        Secret keys = AkaHash.fipsPrf(Secret.copyOf(SIM.hex("mk")), 160);
        assertThat(keys.expose())
                .isEqualTo(Octets.concat(SIM.hex("k_encr"), SIM.hex("k_aut"), SIM.hex("msk"), SIM.hex("emsk")));
    }

    @Test
    void fastReauthenticationMakesNewKeys() {
        AkaTeks teks = new AkaTeks(secret("k_encr"), secret("k_aut"), secret("mk"));
        AkaKeys again = AkaKeys.again(
                AkaVariant.AKA, teks, Octets.utf8(SIM.text("again.identity")), 1, SIM.hex("again.nonce-s"));
        assertThat(again.teks()).isEqualTo(teks);
        assertThat(again.msk()).isEqualTo(secret("again.msk"));
        assertThat(again.emsk()).isEqualTo(secret("again.emsk"));
    }

    @Test
    void fastReauthenticationIsReadAndWritten() throws Exception {
        EapPacket.Request request = (EapPacket.Request) EapCodec.decode(SIM.hex("again.request"));
        AkaMessage message = AkaCodec.decode(request.typeData());
        assertThat(message.subtype()).isEqualTo(AkaMessage.REAUTHENTICATION);
        AkaMessage secret = AkaCodec.decrypted(message, secret("k_encr"));
        assertThat(secret.numbers(AkaCodec.AT_COUNTER)).containsExactly(1);
        assertThat(secret.find(AkaCodec.AT_NONCE_S)).contains(SIM.hex("again.nonce-s"));
        assertThat(secret.find(AkaCodec.AT_NEXT_REAUTH_ID)).contains(Octets.utf8(SIM.text("again.next")));
        assertThat(AkaCodec.encrypted(
                        secret.attributes(),
                        secret("k_encr"),
                        message.find(AkaCodec.AT_IV).orElseThrow()))
                .isEqualTo(message.attributes().subList(0, 2));
        assertThat(AkaCodec.encode(message)).isEqualTo(request.typeData());
        assertThat(macOver(SIM.hex("again.request"), Octets.EMPTY)).isEqualTo(message.find(AkaCodec.AT_MAC));
    }

    @Test
    void answerIsPaddedAndCoversTheNonce() throws Exception {
        EapPacket.Response response = (EapPacket.Response) EapCodec.decode(SIM.hex("again.response"));
        AkaMessage message = AkaCodec.decode(response.typeData());
        assertThat(AkaCodec.decrypted(message, secret("k_encr")).attributes())
                .containsExactly(
                        Attribute.number(AkaCodec.AT_COUNTER, 1), new Attribute(AkaCodec.AT_PADDING, Octets.zeros(10)));
        assertThat(macOver(SIM.hex("again.response"), SIM.hex("again.nonce-s")))
                .isEqualTo(message.find(AkaCodec.AT_MAC));
    }

    /** The MAC stands last; AkaCodec's own function would put AKA's type into the header. */
    private static Optional<Octets> macOver(Octets packet, Octets extra) {
        Octets zeroed =
                packet.slice(0, packet.length() - 16).plus(Octets.zeros(16)).plus(extra);
        return Optional.of(Octets.copyOf(AkaHash.hmac(AkaVariant.AKA, secret("k_aut"), zeroed.toByteArray()), 0, 16));
    }

    private static AkaVector vector(int number) {
        return new AkaVector(
                PRIME.hex(number + ".rand"),
                PRIME.hex(number + ".autn"),
                PRIME.hex(number + ".res"),
                prime(number, "ck"),
                prime(number, "ik"));
    }

    private static Secret prime(int number, String name) {
        return Secret.copyOf(PRIME.hex(number + "." + name));
    }

    private static Secret secret(String name) {
        return Secret.copyOf(SIM.hex(name));
    }
}
