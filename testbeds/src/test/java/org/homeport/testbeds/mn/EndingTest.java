package org.homeport.testbeds.mn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Ending ending = new Ending(heard::add);

    private AutoCloseable part(String name) {
        return () -> heard.add(name);
    }

    @Test
    void lastTakenIsTheFirstToGoAndOnlyOnce() {
        ending.take(part("SAs"));
        ending.take(part("node"));
        ending.take(part("addresses"));
        ending.close();
        ending.close();
        assertThat(heard).containsExactly("addresses", "node", "SAs");
    }

    @Test
    void partThatFailsDoesNotKeepTheOthers() {
        ending.take(part("SAs"));
        ending.take(() -> {
            throw new IOException("ip address del: Cannot find device");
        });
        ending.close();
        assertThat(heard).containsExactly("ip address del: Cannot find device", "SAs");
    }

    @Test
    void partThatComesTooLateGoesAtOnce() {
        ending.close();
        ending.take(part("node"));
        assertThat(heard).containsExactly("node");
    }

    @Test
    void whoClosesSecondWaitsForTheFirst() throws InterruptedException {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ending.take(() -> {
            closing.countDown();
            goOn.await();
            heard.add("node");
        });
        Thread hook = Thread.ofPlatform().start(ending::close);
        closing.await();
        Thread command = Thread.ofPlatform().start(() -> {
            ending.close();
            heard.add("command is done");
        });
        goOn.countDown();
        hook.join();
        command.join();
        assertThat(heard).containsExactly("node", "command is done");
    }
}
