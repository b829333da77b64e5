package org.homeport.daemon.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.homeport.core.session.Output;
import org.homeport.core.session.Output.Trace;
import org.homeport.core.session.Output.Trace.Field;
import org.homeport.daemon.config.LogSettings.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("homeport.session");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @BeforeEach
    void listen() {
        heard.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(heard);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(heard);
    }

    @Test
    void eventIsOneLineOfPairs() {
        String line = told(Format.TEXT, "eap.accepted", new Field("method", "MSCHAPV2"), new Field("peer", "a b"));
        assertThat(line).endsWith(" INFO  event=eap.accepted session=7f method=MSCHAPV2 peer=\"a b\"\n");
    }

    @Test
    void eventIsOneJsonObject() {
        String line = told(Format.JSON, "eap.accepted", new Field("peer", "\"x\"\n"));
        assertThat(Json.readObject(line).text("peer")).isEqualTo("\"x\"\n");
        assertThat(line)
                .contains(
                        "\"level\":\"INFO\",\"event\":\"eap.accepted\",\"session\":\"7f\",\"peer\":\"\\\"x\\\"\\u000a\"}")
                .containsOnlyOnce("\n");
    }

    @Test
    void refusalIsAWarning() {
        assertThat(told(Format.TEXT, "auth.refused", new Field("why", "AUTH does not verify")))
                .contains(" WARN  event=auth.refused session=7f why=\"AUTH does not verify\"");
    }

    @Test
    void valueCannotForgeALineOrAPair() {
        String line = told(Format.TEXT, "x", new Field("peer", "a\nINFO event=y"), new Field("id", "b=c\u001b[2J"));
        assertThat(line)
                .containsOnlyOnce("\n")
                .contains("peer=\"a\\u000aINFO event=y\" id=\"b=c\\u001b[2J\"")
                .doesNotContain("\u001b");
    }

    @Test
    void endOfASessionSaysWhy() {
        new EventLog().closed("7f", new Output.Closed("deleted by the peer", Output.Cause.PEER_DELETED));
        assertThat(new LineLayout(Format.TEXT).doLayout(heard.list.getFirst()))
                .contains("event=session.closed session=7f why=\"deleted by the peer\"");
    }

    private String told(Format format, String event, Field... fields) {
        new EventLog().trace("7f", new Trace(Trace.Level.INFO, event, List.of(fields)));
        assertThat(heard.list).hasSize(1);
        return new LineLayout(format).doLayout(heard.list.getFirst());
    }
}
