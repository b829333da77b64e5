package org.homeport.eap.ttls;

import java.util.Locale;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Reads and writes the data of MS-CHAP2-Response and MS-CHAP2-Success (RFC 2548 sections 2.3.2 and 2.3.3). */
final class ChapAvpCodec {
    private static final int CHALLENGE = 16;
    private static final int RESERVED = 8;
    private static final int NT_RESPONSE = 24;
    private static final int PROOF_DIGITS = 40;
    private static final Octets SUCCESS = Octets.utf8("S=");

    private ChapAvpCodec() {}

    /**
     * @param peerChallenge 16 octets
     * @param ntResponse 24 octets
     */
    record Response(int ident, Octets peerChallenge, Octets ntResponse) {}

    /** @param authenticatorResponse 20 octets */
    record Success(int ident, Octets authenticatorResponse) {}

    static Response decodeResponse(Octets data) throws WireException {
        WireReader reader = data.reader();
        int ident = reader.u8();
        reader.skip(1);
        Octets challenge = reader.octets(CHALLENGE);
        reader.skip(RESERVED);
        Octets response = reader.octets(NT_RESPONSE);
        reader.end("MS-CHAP2-Response");
        return new Response(ident, challenge, response);
    }

    static Octets encode(Response response) {
        return new WireWriter()
                .u8(response.ident())
                .u8(0)
                .octets(response.peerChallenge())
                .zeros(RESERVED)
                .octets(response.ntResponse())
                .toOctets();
    }

    /** What follows the 42 characters is for people. */
    static Success decodeSuccess(Octets data) throws WireException {
        WireReader reader = data.reader();
        int ident = reader.u8();
        if (!reader.octets(SUCCESS.length()).equals(SUCCESS)) {
            throw new WireException("MS-CHAP2-Success does not begin with S=");
        }
        String digits = reader.octets(PROOF_DIGITS).utf8();
        if (!digits.matches("[0-9A-Fa-f]{" + PROOF_DIGITS + "}")) {
            throw new WireException("MS-CHAP2-Success without 40 hexadecimal digits");
        }
        return new Success(ident, Octets.fromHex(digits));
    }

    static Octets encode(Success success) {
        return new WireWriter()
                .u8(success.ident())
                .octets(SUCCESS)
                .octets(Octets.utf8(success.authenticatorResponse().hex().toUpperCase(Locale.ROOT)))
                .toOctets();
    }

    /** A password without what hides its length (RFC 5281 section 11.2.5). */
    static Octets unpadded(Octets password) {
        int end = password.length();
        while (end > 0 && password.at(end - 1) == 0) {
            end--;
        }
        return password.slice(0, end);
    }

    /** "null-pad the password to a multiple of 16 octets, to obfuscate its length" (RFC 5281 section 11.2.5). */
    static Octets padded(Octets password) {
        return password.plus(Octets.zeros(-password.length() & 15));
    }
}
