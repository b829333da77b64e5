package org.homeport.testbeds.demo;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.homeport.testbeds.ha.SmallHomeAgent;
import org.homeport.testbeds.ha.SmallHomeAgent.Verdict;
import org.homeport.testbeds.mip6.PacketLink;

/** Brings packets to the home agent and its answers back. */
final class HomeAgentThread implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final SmallHomeAgent agent;
    private final PacketLink link;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile String lastWord = "no packet arrived";

    private HomeAgentThread(SmallHomeAgent agent, PacketLink link) {
        this.agent = agent;
        this.link = link;
        this.thread = Thread.ofPlatform().name("home-agent").daemon().unstarted(this::serve);
    }

    static HomeAgentThread start(SmallHomeAgent agent, PacketLink link) {
        HomeAgentThread behind = new HomeAgentThread(agent, link);
        behind.thread.start();
        return behind;
    }

    SocketAddress address() {
        return link.address();
    }

    /** Why the last packet was not answered. */
    String lastWord() {
        return lastWord;
    }

    private void serve() {
        while (running) {
            try {
                Optional<PacketLink.Arrived> arrived = link.receive(POLL);
                if (arrived.isPresent()) {
                    switch (agent.handle(arrived.get().packet())) {
                        case Verdict.Answered answered ->
                            link.send(answered.answer(), arrived.get().from());
                        case Verdict.Dropped dropped -> lastWord = dropped.why();
                    }
                }
            } catch (IOException e) {
                lastWord = String.valueOf(e.getMessage());
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join(POLL.multipliedBy(5));
        link.close();
    }
}
