// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import com.fasterxml.jackson.annotation.JsonAlias;
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
 * The serialized state of detection. {@code runs}: the runs of the last day, in order; the windows are rebuilt from
 * them.
 */
public record DetectionSnapshot(
        int version, @JsonAlias("memory") DetectionState state, List<WindowEntry> runs) {
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** An independent copy: the state of a detector changes with each event. */
    DetectionSnapshot copy() {
        return new DetectionSnapshot(
                version, state.copy(), runs.stream().map(WindowEntry::copy).toList());
    }

    /** As compressed JSON in base64. Written as a stream: a day of runs is large. */
    String pack() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream json = new GZIPOutputStream(Base64.getEncoder().wrap(packed))) {
            JSON.writeValue(json, this);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write the state of the incident engine", e);
        }
        return packed.toString(StandardCharsets.US_ASCII);
    }

    /** @throws IllegalArgumentException if it is not what {@link #pack} wrote, in this version */
    static DetectionSnapshot unpack(String packed) {
        byte[] bytes = packed.getBytes(StandardCharsets.US_ASCII);
        try (InputStream json = new GZIPInputStream(Base64.getDecoder().wrap(new ByteArrayInputStream(bytes)))) {
            DetectionSnapshot snapshot = JSON.readValue(json, DetectionSnapshot.class);
            checkVersion(snapshot.version());
            return snapshot;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the state of the incident engine", e);
        }
    }

    private static void checkVersion(int version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("the state of the incident engine has version " + version
                    + "; this program reads version " + VERSION);
        }
    }

    /** Part of the engine state as JSON. */
    public static String toJson(Object part) {
        try {
            return JSON.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the state of the incident engine", e);
        }
    }

    /** @throws IllegalArgumentException if the text does not have this type */
    public static <T> T fromJson(String text, Class<T> part) {
        try {
            return JSON.readValue(text, part);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot read the state of the incident engine", e);
        }
    }
}
