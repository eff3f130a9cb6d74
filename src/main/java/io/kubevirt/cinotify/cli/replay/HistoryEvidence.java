// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.artifacts.ArtifactFile;
import io.kubevirt.cinotify.artifacts.ArtifactFile.FileState;
import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.artifacts.PodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a history says of the artifacts of a run, optional: {@code junit} ({@code absent} or {@code present}),
 * {@code failedTests}, and {@code logContext} with the lines around the last error.
 */
final class HistoryEvidence {
    private static final String UNNAMED_TEST = "a test that the history does not name";

    private HistoryEvidence() {}

    static @Nullable Evidence read(JsonNode line) {
        String junit = line.path("junit").asText();
        List<String> failed = texts(line.path("failedTests"));
        boolean present = junit.equals("present") || !failed.isEmpty();
        if (!present && !junit.equals("absent")) {
            return null;
        }
        List<ArtifactFile> files = List.of(
                new ArtifactFile(ArtifactFile.FINISHED, FileState.READ, ""),
                new ArtifactFile(Evidence.JUNIT, present ? FileState.READ : FileState.MISSING, ""));
        return new Evidence(
                files,
                new FinishedMetadata("FAILURE", false, false),
                null,
                PodInfo.UNKNOWN,
                null,
                present ? report(failed.isEmpty() ? List.of(UNNAMED_TEST) : failed) : JunitReport.NONE,
                BuildLog.whole(texts(line.path("logContext"))),
                Duration.ZERO);
    }

    private static JunitReport report(List<String> failed) {
        return new JunitReport(failed, failed.size(), failed.size(), Set.of(), Set.of(), false, List.of());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
