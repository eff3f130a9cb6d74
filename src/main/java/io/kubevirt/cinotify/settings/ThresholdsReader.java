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
package io.kubevirt.cinotify.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.incident.policy.ThresholdCheck;
import io.kubevirt.cinotify.incident.policy.Thresholds;
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
    private final List<Problem> problems = new ArrayList<>();

    ThresholdsReader(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws InvalidDocument with everything that makes no sense */
    Thresholds read(@Nullable IncidentSettings written) throws InvalidDocument {
        if (written == null) {
            return Thresholds.DEFAULTS;
        }
        Thresholds read =
                filled(written).with(own("repositories", written.repositories()), own("jobs", written.jobs()));
        ThresholdCheck.of(read)
                .forEach(objection -> problems.add(yaml.problem(
                        Pointers.of(Stream.concat(Stream.of(BLOCK), objection.path().stream())
                                .toArray()),
                        BLOCK + "." + objection.problem(),
                        objection.mend())));
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return read;
    }

    /** Both have the same shape: what is written takes the place of the default, value by value. */
    private static Thresholds filled(IncidentSettings written) {
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

    private Map<String, Thresholds.Own> own(String block, @Nullable Map<String, IncidentSettings.Own> written) {
        Map<String, Thresholds.Own> read = new HashMap<>();
        if (written != null) {
            written.forEach((name, own) -> read.put(
                    name,
                    new Thresholds.Own(
                            own.failures(),
                            own.share(),
                            own.closePulls(),
                            muteUntil(own.mute(), BLOCK, block, name, "mute"))));
        }
        return read;
    }

    private @Nullable Instant muteUntil(IncidentSettings.@Nullable Mute mute, Object... at) {
        if (mute == null) {
            return null;
        }
        if (mute.until() == null) {
            problems.add(yaml.problem(
                    Pointers.of(at),
                    "the mute has no end, and nobody would ever remember it",
                    "add until: 2026-12-24, the day on which it ends"));
            return null;
        }
        Optional<Instant> end = MuteDate.parse(mute.until());
        if (end.isEmpty()) {
            problems.add(yaml.problem(
                    Pointers.of(at),
                    "\"" + mute.until() + "\" is not a day at which the mute ends",
                    "write it as 2026-12-24, or as 2026-12-24T10:00:00Z"));
        }
        return end.orElse(null);
    }
}
