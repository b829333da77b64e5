package org.homeport.daemon.observe;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.port.SessionListener;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the keys of every IKE SA as Wireshark's {@code ikev2_decryption_table} reads them: whoever has the file reads
 * the exchanges. It can only be read by its owner, and it is the operator who asked for it.
 */
public final class KeyLog implements SessionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.keylog");

    private final Path file;
    private final BufferedWriter writer;

    private KeyLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Appends: restarts keep what captures still need. */
    public static KeyLog open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        LOG.atWarn()
                .addKeyValue(EventLog.EVENT, "keylog.on")
                .addKeyValue("file", file)
                .log("IKE keys are written to a file: whoever reads it reads the exchanges");
        return new KeyLog(file, new BufferedWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII)));
    }

    @Override
    public void keys(String session, Output.IkeKeys keys) {
        Optional<String> line = line(keys);
        if (line.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue(EventLog.EVENT, "keylog.skipped")
                    .addKeyValue("session", session)
                    .addKeyValue("encryption", keys.encryption())
                    .log("Wireshark has no name for this cipher in IKEv2");
            return;
        }
        try {
            write(line.orElseThrow());
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue(EventLog.EVENT, "keylog.failed")
                    .addKeyValue("session", session)
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.getMessage())
                    .log();
        }
    }

    private synchronized void write(String line) throws IOException {
        writer.write(line);
        writer.newLine();
        writer.flush();
    }

    /** The table's line, with Wireshark's names; empty for a cipher it has none for. */
    static Optional<String> line(Output.IkeKeys keys) {
        return encryption(keys.encryption(), keys.keyBits())
                .flatMap(encryption -> integrity(keys.integrity())
                        .map(integrity -> String.join(
                                ",",
                                Words.spi(keys.spiInitiator()),
                                Words.spi(keys.spiResponder()),
                                hex(keys.skEi()),
                                hex(keys.skEr()),
                                '"' + encryption + '"',
                                hex(keys.skAi()),
                                hex(keys.skAr()),
                                '"' + integrity + '"')));
    }

    private static Optional<String> encryption(EncryptionId id, int keyBits) {
        if (id.equals(EncryptionId.AES_CBC)) {
            return Optional.of("AES-CBC-" + keyBits + " [RFC3602]");
        }
        if (id.equals(EncryptionId.AES_CTR)) {
            return Optional.of("AES-CTR-" + keyBits + " [RFC5930]");
        }
        return icv(id).map(icv -> "AES-GCM-" + keyBits + " with " + icv + " octet ICV [RFC5282]");
    }

    private static Optional<Integer> icv(EncryptionId id) {
        if (id.equals(EncryptionId.AES_GCM_16)) {
            return Optional.of(16);
        }
        if (id.equals(EncryptionId.AES_GCM_12)) {
            return Optional.of(12);
        }
        return id.equals(EncryptionId.AES_GCM_8) ? Optional.of(8) : Optional.empty();
    }

    private static Optional<String> integrity(Optional<IntegrityId> id) {
        if (id.isEmpty()) {
            return Optional.of("NONE [RFC4306]");
        }
        IntegrityId known = id.orElseThrow();
        if (known.equals(IntegrityId.HMAC_SHA1_96)) {
            return Optional.of("HMAC_SHA1_96 [RFC2404]");
        }
        boolean sha2 = known.equals(IntegrityId.HMAC_SHA2_256_128)
                || known.equals(IntegrityId.HMAC_SHA2_384_192)
                || known.equals(IntegrityId.HMAC_SHA2_512_256);
        return sha2 ? Optional.of(known + " [RFC4868]") : Optional.empty();
    }

    private static String hex(Secret secret) {
        return secret.expose().hex();
    }

    @Override
    public void trace(String session, Output.Trace trace) {}

    @Override
    public void established(String session, Output.Established established) {}

    @Override
    public void changed(String session, SessionSummary summary) {}

    @Override
    public void closed(String session, Output.Closed closed) {}

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
