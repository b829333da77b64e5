package org.homeport.testbeds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.homeport.testbeds.mn.Orders;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class ScriptCommandTest {
    private final StringWriter out = new StringWriter();

    /** Stands in for the node: repeats orders until it is told to quit. */
    @Command(name = "parrot")
    private static final class Parrot implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--status")
        private int status;

        private final Orders orders;

        Parrot(Orders orders) {
            this.orders = orders;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            for (var order = orders.next(); order.isPresent(); order = orders.next()) {
                spec.commandLine().getOut().println("heard " + order.get());
                if (order.get().equals("quit")) {
                    return status;
                }
            }
            return 7;
        }
    }

    private static CommandLine parrots(Orders orders) {
        return new CommandLine(CommandSpec.create()).addSubcommand(new Parrot(orders));
    }

    private int run(String script) {
        return new CommandLine(new ScriptCommand(
                        ScriptCommandTest::parrots, new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute();
    }

    @Test
    void ordersReachTheCommandThatRunsAndEachSaysHowItEnded() {
        assertThat(run("parrot\nprobe\nquit\n\nparrot --status 3\n  status  \nquit\n"))
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly("heard probe", "heard quit", "ended 0", "heard status", "heard quit", "ended 3");
    }

    @Test
    void endOfInputIsTheEndOfOrders() {
        assertThat(run("parrot\nprobe")).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly("heard probe", "ended 7");
    }

    @Test
    void wrongUseOfACommandEndsThatCommandOnly() {
        assertThat(run("parrot --colour green\nparrot\nquit\n")).isEqualTo(1);
        assertThat(out.toString()).contains("--colour", "ended 2").endsWith("ended 0" + System.lineSeparator());
    }

    @Test
    void allWell() {
        assertThat(run("parrot\nquit\n")).isZero();
    }

    @Test
    void quotedWordsKeepTheirSpaces() throws IOException {
        assertThat(ScriptCommand.words("  mn --password 'open sesame' --identity \"mn 1@example.org\" --count 12 -v"))
                .isEqualTo(List.of(
                        "mn", "--password", "open sesame", "--identity", "mn 1@example.org", "--count", "12", "-v"));
    }

    @Test
    void programKnowsTheNodeAndTheLoad() {
        assertThat(Main.scripted(Optional::empty).getSubcommands()).containsOnlyKeys("mn", "load");
    }
}
