// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.incident.ThresholdValidator;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills the defaults into what is written about incidents, and refuses what makes no sense. */
final class ThresholdsReader {

    private static final String BLOCK = "incidents";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final YamlDocument yaml;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ThresholdsReader(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws InvalidConfigException with everything that makes no sense */
    Thresholds read(@Nullable IncidentsBlock written) throws InvalidConfigException {
        if (written == null) {
            return Thresholds.DEFAULTS;
        }
        Thresholds read =
                filled(written).with(own("repositories", written.repositories()), own("jobs", written.jobs()));
        ThresholdValidator.validate(read)
                .forEach(objection -> problems.add(yaml.problem(
                        JsonPointers.of(Stream.concat(Stream.of(BLOCK), objection.path().stream())
                                .toArray()),
                        BLOCK + "." + objection.problem(),
                        objection.hint())));
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return read;
    }

    /** Both have the same shape: what is written takes the place of the default, value by value. */
    private static Thresholds filled(IncidentsBlock written) {
        ObjectNode all = JSON.valueToTree(Thresholds.DEFAULTS);
        ObjectNode some = JSON.valueToTree(written);
        some.remove(List.of("repositories", "jobs"));
        try {
            return JSON.readerForUpdating(all)
                    .<ObjectNode>readValue(some)
                    .traverse(JSON)
                    .readValueAs(Thresholds.class);
        } catch (IOException e) {
            throw new IllegalStateException("settings and thresholds have different shapes", e);
        }
    }

    private Map<String, Thresholds.Override> own(String block, @Nullable Map<String, IncidentsBlock.Own> written) {
        Map<String, Thresholds.Override> read = new HashMap<>();
        if (written != null) {
            written.forEach((name, own) -> read.put(
                    name,
                    new Thresholds.Override(
                            own.failures(),
                            own.share(),
                            own.closePulls(),
                            muteUntil(own.mute(), BLOCK, block, name, "mute"))));
        }
        return read;
    }

    private @Nullable Instant muteUntil(IncidentsBlock.@Nullable Mute mute, Object... at) {
        if (mute == null) {
            return null;
        }
        if (mute.until() == null) {
            problems.add(yaml.problem(
                    JsonPointers.of(at),
                    "the mute has no end, and nobody would ever remember it",
                    "add until: 2026-12-24, the day on which it ends"));
            return null;
        }
        Optional<Instant> end = MuteDate.parse(mute.until());
        if (end.isEmpty()) {
            problems.add(yaml.problem(
                    JsonPointers.of(at),
                    "\"" + mute.until() + "\" is not a day at which the mute ends",
                    "write it as 2026-12-24, or as 2026-12-24T10:00:00Z"));
        }
        return end.orElse(null);
    }
}
