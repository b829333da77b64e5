package org.homeport.daemon.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.homeport.daemon.config.LogSettings.Format;
import org.slf4j.event.KeyValuePair;

/** One line per event, as {@code key=value} pairs or as a JSON object; only the stack of a bug takes more lines. */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final Pattern EVENT_NAME = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    private final Format format;

    LineLayout(Format format) {
        this.format = format;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return switch (format) {
            case TEXT -> text(event);
            case JSON -> json(event);
        };
    }

    private static String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160)
                .append(event.getInstant())
                .append(' ')
                .append(String.format("%-5s", event.getLevel()));
        fields(event)
                .forEach(
                        (key, value) -> line.append(' ').append(key).append('=').append(quoted(value)));
        line.append(System.lineSeparator());
        stack(event).ifPresent(line::append);
        return line.toString();
    }

    private static String json(ILoggingEvent event) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("time", event.getInstant());
        object.put("level", event.getLevel());
        object.putAll(fields(event));
        stack(event).ifPresent(s -> object.put("stack", s));
        return Json.write(object) + System.lineSeparator();
    }

    /**
     * An event names itself by a pair {@code event}, or by a message that is a dotted name with pairs behind it. What
     * does neither comes from elsewhere: its logger stands in.
     */
    private static Map<String, String> fields(ILoggingEvent event) {
        List<KeyValuePair> pairs = Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
        String message = Optional.ofNullable(event.getFormattedMessage()).orElse("");
        Map<String, String> fields = new LinkedHashMap<>();
        if (!pairs.isEmpty() && EVENT_NAME.matcher(message).matches()) {
            fields.put(EventLog.EVENT, message);
            message = "";
        } else if (pairs.stream().noneMatch(p -> p.key.equals(EventLog.EVENT))) {
            fields.put(EventLog.EVENT, "log");
            fields.put("logger", event.getLoggerName());
        }
        pairs.forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
        if (!message.isEmpty()) {
            fields.put("message", message);
        }
        return fields;
    }

    private static Optional<String> stack(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? Optional.empty() : Optional.of(ThrowableProxyUtil.asString(thrown));
    }

    /** As it is where that is one plain word; else in quotes, with everything escaped that could end the line. */
    private static String quoted(String value) {
        boolean plain = !value.isEmpty()
                && value.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '=');
        return plain ? value : Json.write(value);
    }
}
