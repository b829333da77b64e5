package org.homeport.aaa.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallDetailLogTest {
    private static final AccountingRecord ON =
            new AccountingRecord.On("b007", Optional.empty(), Instant.ofEpochSecond(1_795_000_000));

    @TempDir
    private Path directory;

    @Test
    void lineBehindHalfALineBeginsOnItsOwn() throws Exception {
        Path file = directory.resolve("cdr.jsonl");
        try (CallDetailLog log = CallDetailLog.open(file, "ha")) {
            log.write(List.of(ON));
            // A disk that filled up in the middle of a line.
            Files.writeString(file, "{\"half\":", StandardOpenOption.APPEND);
            log.write(List.of(ON, ON));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo("{\"half\":");
        assertThat(lines.get(2)).isEqualTo(lines.getFirst());
        assertThat(lines.get(3)).isEqualTo(lines.getFirst());
    }

    @Test
    void halfALineOfAnEarlierRunIsEnded() throws Exception {
        Path file = directory.resolve("cdr.jsonl");
        Files.writeString(file, "{\"half\":");
        try (CallDetailLog log = CallDetailLog.open(file, "ha")) {
            log.write(List.of(ON));
        }
        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("{\"half\":");
    }
}
