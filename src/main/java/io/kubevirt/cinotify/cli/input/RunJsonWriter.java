// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as a line of a history; what {@link RunJsonCodec} and {@link RunDetails} read. */
public final class RunJsonWriter {

    private RunJsonWriter() {}

    /** @param at when it was counted */
    public static ObjectNode of(JobRun run, Instant at, ObjectNode line) {
        put(line, "job", run.job());
        put(line, "type", run.type().prowName());
        put(line, "state", run.state().prowName());
        put(line, "repo", run.repository() == null ? null : run.repository().fullName());
        put(line, "baseRef", run.baseRef());
        if (!run.pulls().isEmpty()) {
            ArrayNode pulls = line.putArray("pulls");
            for (Pull pull : run.pulls()) {
                ObjectNode described = pulls.addObject().put("number", pull.number());
                put(described, "author", pull.author());
                put(described, "sha", pull.sha());
            }
        }
        put(line, "cluster", run.cluster());
        put(line, "buildId", run.buildId());
        put(line, "url", run.url());
        put(line, "description", run.description().isEmpty() ? null : run.description());
        put(line, "startedAt", text(run.times().started()));
        put(line, "finishedAt", text(run.times().completed()));
        put(line, "observedAt", at.toString());
        if (!run.annotations().isEmpty()) {
            ObjectNode annotations = line.putObject("annotations");
            run.annotations().forEach(annotations::put);
        }
        return line;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static void put(ObjectNode line, String field, @Nullable String value) {
        if (value != null) {
            line.put(field, value);
        }
    }
}
