package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.runtime.Mailbox.Lane;
import org.homeport.runtime.Mailbox.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class MailboxTest {
    private final Mailbox mailbox = new Mailbox(2, 1);
    private final List<String> done = new ArrayList<>();

    @Test
    void newcomersWaitUntilEverythingElseIsDone() {
        offer(Lane.NEWCOMERS, "init");
        offer(Lane.TRAFFIC, "auth");
        offer(Lane.ANSWERS, "eap");
        drain();
        assertThat(done).containsExactly("auth", "eap", "init");
    }

    @Test
    void fullLaneRefusesDatagramsButNeverAnswers() {
        assertThat(offer(Lane.NEWCOMERS, "init 1")).isEqualTo(Receipt.TAKEN);
        assertThat(offer(Lane.NEWCOMERS, "init 2")).isEqualTo(Receipt.FULL);
        assertThat(offer(Lane.TRAFFIC, "auth 1")).isEqualTo(Receipt.TAKEN);
        assertThat(offer(Lane.TRAFFIC, "auth 2")).isEqualTo(Receipt.TAKEN);
        assertThat(offer(Lane.TRAFFIC, "auth 3")).isEqualTo(Receipt.FULL);
        assertThat(offer(Lane.ANSWERS, "eap")).isEqualTo(Receipt.TAKEN);
        drain();
        assertThat(done).containsExactly("auth 1", "auth 2", "eap", "init 1");
        assertThat(offer(Lane.TRAFFIC, "auth 4")).isEqualTo(Receipt.TAKEN);
        assertThat(offer(Lane.NEWCOMERS, "init 3")).isEqualTo(Receipt.TAKEN);
    }

    @Test
    void closedMailboxTakesNothingButGivesWhatItHas() {
        offer(Lane.ANSWERS, "eap");
        mailbox.close();
        assertThat(offer(Lane.ANSWERS, "late")).isEqualTo(Receipt.CLOSED);
        drain();
        assertThat(done).containsExactly("eap");
    }

    @Test
    @Timeout(5)
    void waitingEndsWithTheNextMessage() throws InterruptedException {
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                mailbox.await(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        offer(Lane.NEWCOMERS, "init");
        waiting.join();
        assertThat(mailbox.poll()).isPresent();
    }

    private Receipt offer(Lane lane, String what) {
        return mailbox.offer(lane, () -> done.add(what));
    }

    private void drain() {
        for (Optional<Runnable> next = mailbox.poll(); next.isPresent(); next = mailbox.poll()) {
            next.get().run();
        }
    }
}
