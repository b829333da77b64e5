package org.homeport.testbeds.hlr;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.homeport.eap.aka.AuthenticationCentre;
import org.homeport.eap.aka.Subscriber;
import org.homeport.kit.RandomSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeport hlr}: the authentication centre behind a hostapd. */
@Command(
        name = "hlr",
        hidden = true,
        description = "Answers hostapd (eap_sim_db=unix:SOCKET) with authentication vectors of SIM cards.",
        mixinStandardHelpOptions = true)
public final class HlrCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--socket", required = true, paramLabel = "PATH", description = "UNIX domain socket to answer on")
    private Path socket = Path.of("hlr.sock");

    @Option(
            names = "--sims",
            required = true,
            paramLabel = "FILE",
            description = "SIM cards, one a line: IMSI k=HEX opc=HEX [amf=HEX] [sqn=HEX]")
    private Path sims = Path.of("sims");

    @Override
    public Integer call() throws IOException {
        Map<String, Subscriber> subscribers = SubscriberFile.read(sims);
        HlrDialogue dialogue = new HlrDialogue(
                subscribers, new AuthenticationCentre(InstantSource.system(), RandomSource.of(new SecureRandom())));
        // hostapd waits a second for an answer; the first vector of a fresh JVM may take longer.
        subscribers.keySet().forEach(imsi -> dialogue.answer("AKA-REQ-AUTH " + imsi));
        PrintWriter out = spec.commandLine().getOut();
        try (UnixDatagrams datagrams = UnixDatagrams.bind(socket)) {
            out.println("answering on " + socket);
            out.flush();
            while (true) {
                datagrams.serve(dialogue::answer);
            }
        }
    }
}
