package org.homeport.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is told of sessions.
 *
 * @param interim between records of a session, unless its AAA says otherwise
 * @param queue SQLite file of records that no server has confirmed yet
 * @param records file of all records, one JSON object a line
 */
public record AccountingSettings(Duration interim, Path queue, Optional<Path> records) {
    public static final Duration INTERIM = Duration.ofMinutes(10);
}
