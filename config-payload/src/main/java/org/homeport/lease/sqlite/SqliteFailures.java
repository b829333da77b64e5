package org.homeport.lease.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.homeport.lease.StoreUnavailableException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns SQLite's result codes into sentences about this file. */
record SqliteFailures(Path file) {
    static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    StoreUnavailableException explain(SQLException failure) {
        return new StoreUnavailableException("lease store " + file + ": " + sentence(failure), failure);
    }

    StoreUnavailableException says(String sentence) {
        return new StoreUnavailableException("lease store " + file + ": " + sentence);
    }

    /** Extended codes carry the primary one in their low octet (SQLite, "Result and Error Codes"). */
    private static String sentence(SQLException failure) {
        SQLiteErrorCode code = code(failure);
        return switch (code.code & 0xff) {
            case 5, 6 -> "another process keeps it locked; nothing was written";
            case 7 -> "out of memory; nothing was written";
            case 8 -> "it cannot be written to: check its permissions and its directory's";
            case 10 -> "input or output failed (" + code.name() + "): check the disk; nothing was written";
            case 11, 26 -> "it is damaged, or not an SQLite file: restore it from a copy or move it away";
            case 13 -> "no space is left on its disk; nothing was written";
            case 14 -> "it cannot be opened: check that its directory exists and its permissions";
            default -> "SQLite says: " + failure.getMessage();
        };
    }
}
