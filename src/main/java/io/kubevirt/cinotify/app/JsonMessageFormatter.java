// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * A paragraph of the console as a line like those of the log, so that a pod writes nothing but JSON: {@code msg} is its
 * headline, {@code notice} the whole.
 */
final class JsonMessageFormatter implements UnaryOperator<String> {

    private static final JsonFactory JSON = new JsonFactory();

    private final InstantSource clock;

    JsonMessageFormatter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String apply(String paragraph) {
        String notice = paragraph.strip();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("component", "ci-notify");
            json.writeStringField("level", "info");
            json.writeStringField("severity", "info");
            json.writeStringField("time", clock.instant().toString());
            json.writeStringField("logger", "Console");
            json.writeStringField("msg", notice.lines().findFirst().orElse("").replaceFirst("^● ", ""));
            json.writeStringField("notice", notice);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a line in memory is written without I/O", e);
        }
        return text.toString();
    }
}
