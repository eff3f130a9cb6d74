// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.Repository;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said on GitHub, and where.
 *
 * @param issues the repository of issues about incidents; null for none
 * @param issuesForLanes whether lanes of pull requests get an issue too
 * @param labels of each issue; {@code {area}} and {@code {sig}} stand for those of the incident
 * @param areaLabels what an area adds
 * @param sigLabels what a SIG adds
 * @param comments on which pull requests that a lane's incident has hit there is a comment
 * @param maxComments on how many of them
 */
public record GitHubConfig(
        @Nullable Repository issues,
        boolean issuesForLanes,
        List<String> labels,
        Map<String, List<String>> areaLabels,
        Map<String, List<String>> sigLabels,
        Comments comments,
        int maxComments) {

    /** On which pull requests there is a comment. */
    public enum Comments {
        /** On none. */
        NEVER,
        /** On those that a blocking incident has hit. */
        BLOCKING,
        /** On those that any has hit. */
        ALWAYS;

        /** In lower case, as in settings. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Says nothing of incidents; letters are delivered. */
    public static final GitHubConfig DISABLED =
            new GitHubConfig(null, false, List.of(), Map.of(), Map.of(), Comments.NEVER, 0);

    /** Copies what is in it. */
    public GitHubConfig {
        labels = List.copyOf(labels);
        areaLabels = Map.copyOf(areaLabels);
        sigLabels = Map.copyOf(sigLabels);
    }

    /** The labels of a new issue about such a failure. */
    Set<String> labelsFor(Diagnosis diagnosis) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String label : labels) {
            if (diagnosis.hasSig() || !label.contains("{sig}")) {
                wanted.add(label.replace("{area}", diagnosis.area()).replace("{sig}", diagnosis.sig()));
            }
        }
        wanted.addAll(areaLabels.getOrDefault(diagnosis.area(), List.of()));
        wanted.addAll(sigLabels.getOrDefault(diagnosis.sig(), List.of()));
        return wanted;
    }
}
