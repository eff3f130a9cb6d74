/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
final class NoticeLine implements UnaryOperator<String> {

    private static final JsonFactory JSON = new JsonFactory();

    private final InstantSource clock;

    NoticeLine(InstantSource clock) {
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
