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
package io.kubevirt.cinotify.incident.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * All that the policy remembers, so that it can stop and go on.
 *
 * @param version of this form
 * @param runs of the last day, in order; the windows are made from them again
 */
record Snapshot(int version, Memory memory, List<Entry> runs) {

    static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * The same with all that concerns people.
     *
     * @param cares for each incident
     */
    record Whole(int version, Snapshot counted, Attention attention, List<Care> cares) {

        String write() {
            return text(this);
        }

        /** @throws IllegalArgumentException if it is not what {@link #write} wrote, in this version */
        static Whole read(String text) {
            Whole whole = Snapshot.read(text, Whole.class);
            check(whole.version());
            return whole;
        }
    }

    /** As compressed JSON in letters; never as a whole in memory before it is compressed, for a day of runs is large. */
    String pack() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream json = new GZIPOutputStream(Base64.getEncoder().wrap(packed))) {
            JSON.writeValue(json, this);
        } catch (IOException e) {
            throw new IllegalStateException("the memory of the incidents cannot be written", e);
        }
        return packed.toString(StandardCharsets.US_ASCII);
    }

    /** @throws IllegalArgumentException if it is not what {@link #pack} wrote, in this version */
    static Snapshot unpack(String packed) {
        byte[] bytes = packed.getBytes(StandardCharsets.US_ASCII);
        try (InputStream json = new GZIPInputStream(Base64.getDecoder().wrap(new ByteArrayInputStream(bytes)))) {
            Snapshot snapshot = JSON.readValue(json, Snapshot.class);
            check(snapshot.version());
            return snapshot;
        } catch (IOException e) {
            throw new IllegalArgumentException("the memory of the incidents cannot be read", e);
        }
    }

    private static void check(int version) {
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "the memory of the incidents is of version " + version + ", this program reads " + VERSION);
        }
    }

    /** A part of the memory as JSON. */
    static String text(Object part) {
        try {
            return JSON.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the memory of the incidents cannot be written", e);
        }
    }

    /** @throws IllegalArgumentException if it is no such part */
    static <T> T read(String text, Class<T> part) {
        try {
            return JSON.readValue(text, part);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the memory of the incidents cannot be read", e);
        }
    }
}
