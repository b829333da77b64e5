package org.homeport.aaa.accounting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Call detail records: a file to which every record is added as one line of JSON, on stable storage before the journal
 * lets go of it. A record that was written right before a crash is written once more after it: lines with the same
 * session, record and time are one record. A line that is cut off, by a full disk or a crash, stays as it is; the record
 * is written once more on a line of its own.
 *
 * <p>To rotate, move the file away (logrotate without copytruncate): the next record makes a new one.
 */
public final class CallDetailLog implements AutoCloseable {
    private final Path file;
    private final String nas;
    private FileChannel channel;
    private Optional<Object> opened;

    private CallDetailLog(Path file, String nas, FileChannel channel) throws IOException {
        this.file = file;
        this.nas = nas;
        this.channel = channel;
        this.opened = identity(file);
    }

    /** @param nas our name, as AAA knows it */
    public static CallDetailLog open(Path file, String nas) throws IOException {
        return new CallDetailLog(file, nas, channel(file));
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** What tells the file from another of the same name: device and inode. */
    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path file() {
        return file;
    }

    /** In one piece, where the disk allows; all on stable storage when it returns. */
    void write(List<AccountingRecord> records) throws IOException {
        if (!Objects.equals(identity(file), opened)) {
            channel.close();
            channel = channel(file);
            opened = identity(file);
        }
        StringBuilder lines = new StringBuilder(endsInALine() ? "" : "\n");
        records.forEach(record -> lines.append(CallDetail.line(nas, record)).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** Not after a write that failed, or was killed, half-way: what follows would be no line of JSON either. */
    private boolean endsInALine() throws IOException {
        long size = channel.size();
        if (size == 0) {
            return true;
        }
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reading.read(last, size - 1) != 1 || last.get(0) == '\n';
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
