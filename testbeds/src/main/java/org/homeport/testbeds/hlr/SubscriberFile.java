package org.homeport.testbeds.hlr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeport.eap.aka.SimFields;
import org.homeport.eap.aka.Subscriber;

/** SIM cards by IMSI: lines like {@code 232010000000000 k=... opc=... [amf=...] [sqn=...]}; {@code #} begins a comment. */
final class SubscriberFile {
    private SubscriberFile() {}

    /** @throws IOException also for what is no such file, with the line */
    static Map<String, Subscriber> read(Path file) throws IOException {
        Map<String, Subscriber> subscribers = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            List<String> words = List.of(line.replaceFirst("#.*", "").strip().split("\\s+"));
            if (words.getFirst().isEmpty()) {
                continue;
            }
            try {
                subscribers.put(words.getFirst(), subscriber(words));
            } catch (SimFields.WrongFieldException e) {
                throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return subscribers;
    }

    private static Subscriber subscriber(List<String> words) throws SimFields.WrongFieldException {
        SimFields fields = new SimFields();
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            fields.take(word.substring(0, Math.max(equals, 0)), word.substring(equals + 1));
        }
        return fields.subscriber(words.getFirst());
    }
}
