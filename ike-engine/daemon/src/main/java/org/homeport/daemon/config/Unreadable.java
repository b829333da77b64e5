package org.homeport.daemon.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read, in words for whoever has to mend it. */
public final class Unreadable {
    private Unreadable() {}

    public static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case AccessDeniedException denied -> "no permission to read " + denied.getFile();
            case CharacterCodingException text -> "is not UTF-8 text";
            default -> "cannot be read: " + e.getMessage();
        };
    }
}
