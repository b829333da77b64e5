package org.homeport.testbeds.mn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What has to be let go of: the last taken first, each exactly once, whether the command is done or the JVM is told to
 * end. Who closes second waits until the first is through.
 */
final class Ending implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Consumer<String> trouble;
    private boolean over;

    /** @param trouble hears, in a sentence, what could not be let go of; the rest is all the same */
    Ending(Consumer<String> trouble) {
        this.trouble = trouble;
    }

    /** Takes care of {@code part}; too late, it is closed at once. */
    synchronized <T extends AutoCloseable> T take(T part) {
        parts.add(part);
        if (over) {
            close();
        }
        return part;
    }

    @Override
    public synchronized void close() {
        over = true;
        while (!parts.isEmpty()) {
            end(parts.removeLast());
        }
    }

    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            trouble.accept(String.valueOf(e.getMessage()));
        }
    }
}
