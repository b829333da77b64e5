package org.homeport.testbeds.mn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a node that stays takes its orders from: lines of text. */
@FunctionalInterface
public interface Orders {
    /**
     * Waits for the next order.
     *
     * @return empty when none will come any more
     */
    Optional<String> next() throws IOException, InterruptedException;

    /** The program's standard input, read from the first order that is asked for on. */
    static Orders ofStandardInput() {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return () -> Optional.ofNullable(in.readLine());
    }
}
