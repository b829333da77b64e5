package org.homeport.daemon.config;

import org.slf4j.event.Level;

/** How the program tells what it does, on standard error. */
public record LogSettings(Format format, Level level) {
    public static final LogSettings DEFAULT = new LogSettings(Format.TEXT, Level.INFO);

    public enum Format {
        /** {@code key=value} pairs. */
        TEXT,
        /** One object per line. */
        JSON
    }
}
