package org.homeport.aaa.accounting.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.homeport.aaa.accounting.JournalUnavailableException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns SQLite's result codes into sentences about this file. */
record JournalFailures(Path file) {
    JournalUnavailableException explain(SQLException failure) {
        return new JournalUnavailableException("accounting queue " + file + ": " + sentence(failure), failure);
    }

    JournalUnavailableException says(String sentence) {
        return new JournalUnavailableException("accounting queue " + file + ": " + sentence);
    }

    /** Extended codes carry the primary one in their low octet (SQLite, "Result and Error Codes"). */
    private static String sentence(SQLException failure) {
        SQLiteErrorCode code = failure instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code.code & 0xff) {
            case 5, 6 -> "another process keeps it locked: is another engine running with it?";
            case 8 -> "it cannot be written to: check its permissions and its directory's";
            case 10 -> "input or output failed (" + code.name() + "): check the disk";
            case 11, 26 -> "it is damaged, or not an SQLite file: restore it from a copy or move it away";
            case 13 -> "no space is left on its disk: make some";
            case 14 -> "it cannot be opened: check that its directory exists and its permissions";
            default -> "SQLite says: " + failure.getMessage();
        };
    }
}
