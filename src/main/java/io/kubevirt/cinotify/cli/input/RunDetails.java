// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a description of a run may say beside the job: pull requests, times, annotations. */
public record RunDetails(JsonNode described) {

    /** Either one by {@code pull} and {@code sha}, or several by {@code pulls}, each a number or an object. */
    List<Pull> pulls() {
        List<Pull> pulls = new ArrayList<>();
        if (described.path("pull").canConvertToInt()) {
            pulls.add(new Pull(described.path("pull").intValue(), null, RunJsonCodec.text(described, "sha")));
        }
        for (JsonNode pull : described.path("pulls")) {
            if (pull.canConvertToInt()) {
                pulls.add(Pull.numbered(pull.intValue()));
            } else if (pull.path("number").canConvertToInt()) {
                pulls.add(new Pull(
                        pull.path("number").intValue(),
                        RunJsonCodec.text(pull, "author"),
                        RunJsonCodec.text(pull, "sha")));
            }
        }
        return pulls;
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        described
                .path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    /** @throws InvalidInputException if a time is no instant */
    RunTimes times() throws InvalidInputException {
        return new RunTimes(
                first("startedAt").orElse(null),
                null,
                first("finishedAt", "completedAt").orElse(null));
    }

    /**
     * The first of these that is there.
     *
     * @throws InvalidInputException if it is no instant
     */
    public Optional<Instant> first(String... fields) throws InvalidInputException {
        for (String field : fields) {
            String written = RunJsonCodec.text(described, field);
            if (written != null) {
                try {
                    return Optional.of(Instant.parse(written));
                } catch (DateTimeParseException e) {
                    throw new InvalidInputException(
                            field + " is \"" + written + "\", which is no instant such as 2026-07-15T10:00:00Z");
                }
            }
        }
        return Optional.empty();
    }
}
