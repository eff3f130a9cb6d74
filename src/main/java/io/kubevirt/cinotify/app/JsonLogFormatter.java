// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kubevirt.cinotify.http.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** Writes one JSON object a line with the keys of Prow's components (prow-contract §4), so that one query finds both. */
final class JsonLogFormatter extends ExtFormatter {
    /** Level names of logrus, where those of the log manager differ. */
    private static final Map<String, String> LEVELS = Map.of(
            "WARN", "warning", "SEVERE", "error", "FINE", "debug", "CONFIG", "debug", "FINER", "trace", "FINEST",
            "trace");

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The same format for messages of the console channel, so that a pod writes nothing but JSON: {@code msg} is the
     * headline, {@code notice} the whole message.
     */
    static UnaryOperator<String> forConsole(InstantSource clock) {
        return paragraph -> {
            String notice = paragraph.strip();
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(text)) {
                start(json, "info", clock.instant(), "Console");
                json.writeStringField(
                        "msg", notice.lines().findFirst().orElse("").replaceFirst("^● ", ""));
                json.writeStringField("notice", notice);
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory failed", e);
            }
            return text.toString();
        };
    }

    private static void start(JsonGenerator json, String level, Instant time, String logger) throws IOException {
        json.writeStartObject();
        json.writeStringField("component", "ci-notify");
        json.writeStringField("level", level);
        json.writeStringField("severity", level);
        json.writeStringField("time", time.toString());
        json.writeStringField("logger", logger);
    }

    @Override
    public String format(ExtLogRecord line) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            start(json, level(line), line.getInstant(), simpleName(line.getLoggerName()));
            json.writeStringField("msg", Secrets.censor(String.valueOf(formatMessage(line))));
            for (Map.Entry<String, String> entry : line.getMdcCopy().entrySet()) {
                json.writeStringField(entry.getKey(), Secrets.censor(entry.getValue()));
            }
            if (line.getThrown() != null) {
                json.writeStringField("error", Secrets.censor(trace(line.getThrown())));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private static String level(ExtLogRecord line) {
        String name = line.getLevel().getName();
        return LEVELS.getOrDefault(name, name.toLowerCase(Locale.ROOT));
    }

    private static String simpleName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
