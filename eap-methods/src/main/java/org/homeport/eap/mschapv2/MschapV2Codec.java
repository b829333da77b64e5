package org.homeport.eap.mschapv2;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/**
 * Reads and writes the type data of EAP-MSCHAPv2: OpCode, MS-CHAPv2-ID, MS-Length (all of the type data), then the
 * body of the CHAP packet (RFC 2759 sections 3 to 6). Reserved octets and flags are sent as zero and not read.
 */
final class MschapV2Codec {
    private static final int CHALLENGE = 1;
    private static final int RESPONSE = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;
    private static final int CHANGE_PASSWORD = 7;

    private static final int CHALLENGE_SIZE = 16;
    private static final int RESPONSE_SIZE = 49;
    private static final int MAX_NAME = 253;
    private static final int MAX_MESSAGE = 1024;

    private static final Pattern SUCCESS_TEXT = Pattern.compile("S=([0-9A-Fa-f]{40})(?: (.*))?", Pattern.DOTALL);
    private static final Pattern ERROR = Pattern.compile("(?:^| )E=([0-9]{1,10})(?: |$)");
    private static final Pattern RETRY = Pattern.compile("(?:^| )R=1(?: |$)");
    private static final Pattern NEXT_CHALLENGE = Pattern.compile("(?:^| )C=([0-9A-Fa-f]{32})(?: |$)");
    private static final Pattern MESSAGE = Pattern.compile("(?:^| )M=(.*)", Pattern.DOTALL);

    private MschapV2Codec() {}

    static MschapV2Packet.Request decodeRequest(Octets typeData) throws WireException {
        WireReader reader = typeData.reader();
        int opcode = reader.u8();
        int id = header(reader, typeData);
        return switch (opcode) {
            case CHALLENGE -> {
                valueSize(reader, CHALLENGE_SIZE);
                yield new MschapV2Packet.Challenge(id, reader.octets(CHALLENGE_SIZE), name(reader));
            }
            case SUCCESS -> success(id, message(reader));
            case FAILURE -> failure(id, message(reader));
            default -> throw new WireException("MS-CHAPv2 OpCode " + opcode + " from a server");
        };
    }

    static MschapV2Packet.Response decodeResponse(Octets typeData) throws WireException {
        WireReader reader = typeData.reader();
        int opcode = reader.u8();
        return switch (opcode) {
            case RESPONSE -> {
                int id = header(reader, typeData);
                valueSize(reader, RESPONSE_SIZE);
                Octets peerChallenge = reader.octets(16);
                reader.skip(8);
                Octets ntResponse = reader.octets(24);
                reader.skip(1);
                yield new MschapV2Packet.ChallengeResponse(id, peerChallenge, ntResponse, name(reader));
            }
            case SUCCESS -> {
                reader.end("Success Response");
                yield new MschapV2Packet.SuccessAck();
            }
            case FAILURE -> {
                reader.end("Failure Response");
                yield new MschapV2Packet.FailureAck();
            }
            case CHANGE_PASSWORD -> new MschapV2Packet.ChangePassword();
            default -> throw new WireException("MS-CHAPv2 OpCode " + opcode + " from a peer");
        };
    }

    static Octets encode(MschapV2Packet packet) {
        return switch (packet) {
            case MschapV2Packet.Challenge challenge ->
                finish(header(CHALLENGE, challenge.id())
                        .u8(CHALLENGE_SIZE)
                        .octets(challenge.challenge())
                        .octets(challenge.name()));
            case MschapV2Packet.ChallengeResponse response ->
                finish(header(RESPONSE, response.id())
                        .u8(RESPONSE_SIZE)
                        .octets(response.peerChallenge())
                        .zeros(8)
                        .octets(response.ntResponse())
                        .u8(0)
                        .octets(response.name()));
            case MschapV2Packet.Success success ->
                finish(header(SUCCESS, success.id())
                        .octets(text("S=" + upperHex(success.authenticatorResponse()) + " M=" + success.message())));
            case MschapV2Packet.Failure failure ->
                finish(header(FAILURE, failure.id()).octets(text(failureText(failure))));
            case MschapV2Packet.SuccessAck ack -> Octets.of(SUCCESS);
            case MschapV2Packet.FailureAck ack -> Octets.of(FAILURE);
            case MschapV2Packet.ChangePassword change ->
                throw new IllegalArgumentException("passwords are changed elsewhere");
        };
    }

    private static MschapV2Packet.Request success(int id, String text) throws WireException {
        Matcher matcher = SUCCESS_TEXT.matcher(text);
        // RFC 2759 section 5: 40 upper case digits; FreeRADIUS sends no message after them.
        if (!matcher.matches()) {
            throw new WireException("Success Request without an authenticator response S=");
        }
        String rest = matcher.group(2);
        return new MschapV2Packet.Success(
                id,
                Octets.fromHex(matcher.group(1)),
                readable(rest == null ? "" : find(MESSAGE, rest).orElse("")));
    }

    private static MschapV2Packet.Request failure(int id, String text) throws WireException {
        // RFC 2759 section 6: the challenge "MUST be present"; servers that allow no retry leave it out at times.
        Optional<String> error = find(ERROR, text);
        if (error.isEmpty()) {
            throw new WireException("Failure Request without an error code E=");
        }
        return new MschapV2Packet.Failure(
                id,
                Long.parseLong(error.get()),
                RETRY.matcher(text).find() ? MschapV2Packet.Retry.ALLOWED : MschapV2Packet.Retry.OVER,
                find(NEXT_CHALLENGE, text).map(Octets::fromHex),
                readable(find(MESSAGE, text).orElse("")));
    }

    private static String failureText(MschapV2Packet.Failure failure) {
        StringBuilder text = new StringBuilder("E=").append(failure.error());
        text.append(failure.retry() == MschapV2Packet.Retry.ALLOWED ? " R=1" : " R=0");
        failure.challenge().ifPresent(challenge -> text.append(" C=").append(upperHex(challenge)));
        return text.append(" V=3 M=").append(failure.message()).toString();
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static int header(WireReader reader, Octets typeData) throws WireException {
        int id = reader.u8();
        int length = reader.u16();
        if (length != typeData.length()) {
            throw new WireException("MS-Length says " + length + ", there are " + typeData.length() + " octets");
        }
        return id;
    }

    private static void valueSize(WireReader reader, int expected) throws WireException {
        int size = reader.u8();
        if (size != expected) {
            throw new WireException("Value-Size " + size + " instead of " + expected);
        }
    }

    private static Octets name(WireReader reader) throws WireException {
        if (reader.remaining() > MAX_NAME) {
            throw new WireException("a name of " + reader.remaining() + " octets");
        }
        return reader.rest();
    }

    private static String message(WireReader reader) throws WireException {
        if (reader.remaining() > MAX_MESSAGE) {
            throw new WireException("a message of " + reader.remaining() + " octets");
        }
        return reader.rest().utf8();
    }

    private static WireWriter header(int opcode, int id) {
        return new WireWriter().u8(opcode).u8(id).u16(0);
    }

    private static Octets finish(WireWriter writer) {
        return writer.patchU16(2, writer.length()).toOctets();
    }

    private static Octets text(String text) {
        return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String upperHex(Octets octets) {
        return HexFormat.of().formatHex(octets.toByteArray()).toUpperCase(Locale.ROOT);
    }

    private static String readable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
