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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Labels that are there: one that a repository lacks is not made by us. */
public final class GitHubLabels {

    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final int MOST_REPOSITORIES = 100;

    private final GitHubApi api;
    private final GitHubIssues issues;
    private final Map<Repository, Listed> known = new ConcurrentHashMap<>();

    private record Listed(Set<String> names, Instant at) {}

    public GitHubLabels(GitHubApi api) {
        this.api = api;
        this.issues = new GitHubIssues(api);
    }

    /** Those of the wanted ones that the repository has, as it writes them. */
    public List<String> existing(Repository repository, Set<String> wanted) throws GitHubFailure {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Listed listed = known.get(repository);
        if (listed == null || listed.at().plus(KNOWN).isBefore(api.now())) {
            listed = new Listed(issues.labels(repository), api.now());
            if (known.size() >= MOST_REPOSITORIES) {
                known.clear();
            }
            known.put(repository, listed);
        }
        return listed.names().stream()
                .filter(name -> wanted.stream().anyMatch(name::equalsIgnoreCase))
                .sorted()
                .toList();
    }

    /** What an issue about such a failure should be labelled with. */
    static Set<String> wanted(Diagnosis diagnosis, GitHubRules rules) {
        Set<String> wanted = new LinkedHashSet<>(rules.labels());
        wanted.addAll(rules.areaLabels().getOrDefault(diagnosis.area(), List.of()));
        wanted.addAll(rules.sigLabels().getOrDefault(diagnosis.sig(), List.of()));
        return wanted;
    }
}
