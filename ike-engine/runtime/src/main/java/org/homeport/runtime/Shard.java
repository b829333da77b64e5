package org.homeport.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** The thread around a {@link ShardLoop}. */
final class Shard {
    /** A clock that was set meanwhile is noticed after this long. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final ShardLoop loop;
    private final Thread thread;

    Shard(int number, ShardLoop loop) {
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("shard-" + number).unstarted(this::run);
    }

    Mailbox.Receipt offer(Mailbox.Lane lane, Consumer<ShardLoop> work) {
        return loop.mailbox().offer(lane, () -> work.accept(loop));
    }

    /** Asks the loop. @return what it says, on its thread; failed if it throws or has stopped */
    <T> CompletableFuture<T> ask(Function<ShardLoop, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Mailbox.Receipt receipt = offer(Mailbox.Lane.ANSWERS, shard -> {
            try {
                answer.complete(question.apply(shard));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        if (receipt != Mailbox.Receipt.TAKEN) {
            answer.completeExceptionally(new RejectedExecutionException("the shard has stopped"));
        }
        return answer;
    }

    void start() {
        thread.start();
    }

    /** Lets the thread finish what is in its mailbox, and end. */
    void stop() {
        loop.mailbox().close();
    }

    void join(Duration limit) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(limit);
        }
    }

    private void run() {
        while (true) {
            if (loop.step()) {
                continue;
            }
            if (loop.mailbox().isClosed()) {
                return;
            }
            try {
                Duration pause = loop.pause().orElse(LONGEST_PAUSE);
                loop.mailbox().await(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
