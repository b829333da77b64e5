package org.homeport.testbeds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.homeport.daemon.cli.ExitCodes;
import org.homeport.testbeds.mn.Orders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Many commands in one process, so that a test bed pays once for starting a JVM. A line that begins with a command's
 * name runs when the one before is over; every other line is an order for the node that stays.
 */
@Command(
        name = "script",
        description = {
            "Runs the commands on standard input, one a line, as: mn --gateway 2001:db8:2::1 --stay ...",
            "Words in ' or \" may have spaces in them. Lines that are no commands are orders to the node that stays.",
            "Says \"ended STATUS\" after each command, and ends itself with its input and the last command."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "%nExample:",
            "  printf '%%s\\n' 'mn --gateway ::1 --gateway-id ha.example.org --ca ca.crt --stay' probe quit | homeport script"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every command ended with 0", "1:one did not, or a line was none"})
final class ScriptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Function<Orders, CommandLine> program;
    private final InputStream input;
    private final BlockingQueue<Optional<String>> orders = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<List<String>>> waiting = new LinkedBlockingQueue<>();

    /** @param program all commands that there are; a node that stays takes the orders given */
    ScriptCommand(Function<Orders, CommandLine> program, InputStream input) {
        this.program = program;
        this.input = input;
    }

    @Override
    public Integer call() throws InterruptedException {
        Thread reader = Thread.ofPlatform().daemon().name("script").start(this::read);
        int worst = ExitCodes.DONE;
        PrintWriter out = spec.commandLine().getOut();
        for (var command = waiting.take(); command.isPresent(); command = waiting.take()) {
            CommandLine commands = program.apply(orders::take)
                    .setOut(out)
                    .setErr(spec.commandLine().getErr());
            int status = commands.execute(command.get().toArray(String[]::new));
            out.println("ended " + status);
            out.flush();
            worst = Math.max(worst, Math.min(status, ExitCodes.FAILED));
        }
        reader.join();
        return worst;
    }

    private void read() {
        CommandLine known = program.apply(Optional::empty);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> words = words(line);
                if (words.isEmpty()) {
                    continue;
                }
                if (known.getSubcommands().containsKey(words.getFirst())) {
                    waiting.add(Optional.of(words));
                } else {
                    orders.add(Optional.of(line.strip()));
                }
            }
        } catch (IOException e) {
            spec.commandLine().getErr().println("no more commands: " + e.getMessage());
        }
        orders.add(Optional.empty());
        waiting.add(Optional.empty());
    }

    /** The words of a command line; those in quotation marks may have spaces. */
    static List<String> words(String line) throws IOException {
        StreamTokenizer tokens = new StreamTokenizer(new StringReader(line));
        tokens.resetSyntax();
        tokens.wordChars('!', Character.MAX_VALUE);
        tokens.whitespaceChars(0, ' ');
        tokens.quoteChar('"');
        tokens.quoteChar('\'');
        List<String> words = new ArrayList<>();
        while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
            words.add(tokens.sval);
        }
        return words;
    }
}
