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
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said on GitHub, and where.
 *
 * @param issues the repository of issues about incidents; null for none
 * @param always whether lanes of pull requests get an issue too
 * @param labels of each issue
 * @param areaLabels what an area adds
 * @param sigLabels what a SIG adds
 * @param comments on which pull requests that a lane's incident has hit there is a comment
 * @param mostComments on how many of them
 */
public record GitHubRules(
        @Nullable Repository issues,
        boolean always,
        List<String> labels,
        Map<String, List<String>> areaLabels,
        Map<String, List<String>> sigLabels,
        Comments comments,
        int mostComments) {

    /** On which pull requests there is a comment. */
    public enum Comments {
        /** On none. */
        NEVER,
        /** On those that a blocking incident has hit. */
        BLOCKING,
        /** On those that any has hit. */
        ALWAYS
    }

    /** Says nothing of incidents; letters are delivered. */
    public static final GitHubRules QUIET =
            new GitHubRules(null, false, List.of(), Map.of(), Map.of(), Comments.NEVER, 0);

    /** Copies what is in it. */
    public GitHubRules {
        labels = List.copyOf(labels);
        areaLabels = Map.copyOf(areaLabels);
        sigLabels = Map.copyOf(sigLabels);
    }
}
