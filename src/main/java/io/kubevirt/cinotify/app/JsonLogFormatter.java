// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One JSON object a line with the keys of Prow's components (prow-contract §4), so that one query finds both. */
final class JsonLogFormatter extends ExtFormatter {

    /** Logrus' names for what the log manager calls otherwise. */
    private static final Map<String, String> LEVELS = Map.of(
            "WARN", "warning", "SEVERE", "error", "FINE", "debug", "CONFIG", "debug", "FINER", "trace", "FINEST",
            "trace");

    private static final JsonFactory JSON = new JsonFactory();

    private final UnaryOperator<String> redactor;

    /** @param censor takes secrets out of a line */
    JsonLogFormatter(UnaryOperator<String> censor) {
        this.redactor = censor;
    }

    @Override
    public String format(ExtLogRecord line) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            String level = level(line);
            json.writeStringField("component", "ci-notify");
            json.writeStringField("level", level);
            json.writeStringField("severity", level);
            json.writeStringField("time", line.getInstant().toString());
            json.writeStringField("logger", simpleName(line.getLoggerName()));
            json.writeStringField("msg", redactor.apply(String.valueOf(formatMessage(line))));
            for (Map.Entry<String, String> entry : line.getMdcCopy().entrySet()) {
                json.writeStringField(entry.getKey(), redactor.apply(entry.getValue()));
            }
            if (line.getThrown() != null) {
                json.writeStringField("error", redactor.apply(trace(line.getThrown())));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a line in memory is written without I/O", e);
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
