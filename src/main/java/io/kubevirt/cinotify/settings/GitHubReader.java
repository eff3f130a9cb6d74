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

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.notice.github.GitHubRules;
import io.kubevirt.cinotify.notice.template.LinkPattern;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is said on GitHub, and where messages lead. */
final class GitHubReader {

    private static final String SECTION = "github";
    private static final int COMMENTS = 5;
    private static final int MOST_COMMENTS = 50;

    private final YamlDocument yaml;
    private final List<Problem> problems = new ArrayList<>();

    GitHubReader(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws InvalidDocument with every slip */
    GitHubRules rules(@Nullable GitHubSettings written, Set<String> areas) throws InvalidDocument {
        if (written == null) {
            return GitHubRules.QUIET;
        }
        GitHubSettings.Issues issues = written.issues();
        Repository repository = issues == null ? null : repository(issues.repository());
        if (issues != null) {
            orNone(issues.areaLabels()).keySet().stream()
                    .filter(area -> !areas.contains(area))
                    .forEach(area -> problems.add(yaml.problem(
                            Pointers.of(SECTION, "issues", "areaLabels", area),
                            "there is no area \"" + area + "\"",
                            Nearest.to(area, areas)
                                    .map(nearest -> "did you mean \"" + nearest + "\"?")
                                    .orElse("use one of " + String.join(", ", areas)))));
        }
        int most = Objects.requireNonNullElse(written.mostComments(), COMMENTS);
        if (most < 1 || most > MOST_COMMENTS) {
            problems.add(yaml.problem(
                    Pointers.of(SECTION, "mostComments"),
                    "mostComments is " + most + ", but only 1 to " + MOST_COMMENTS + " make sense",
                    "write " + COMMENTS + ", or leave it out; comment: never writes none"));
        }
        finish();
        return new GitHubRules(
                repository,
                issues != null && Boolean.TRUE.equals(issues.lanes()),
                issues == null || issues.labels() == null ? List.of() : issues.labels(),
                issues == null ? Map.of() : orNone(issues.areaLabels()),
                issues == null ? Map.of() : orNone(issues.sigLabels()),
                Objects.requireNonNullElse(written.comment(), GitHubRules.Comments.NEVER),
                most);
    }

    private @Nullable Repository repository(String written) {
        Optional<Repository> repository = Repository.parse(written);
        if (repository.isEmpty()) {
            problems.add(yaml.problem(
                    Pointers.of(SECTION, "issues", "repository"),
                    "\"" + written + "\" is no repository",
                    "write org/name"));
        }
        return repository.orElse(null);
    }

    /** @throws InvalidDocument with every slip */
    Links links(@Nullable List<LinkSettings> written) throws InvalidDocument {
        List<LinkPattern> patterns = new ArrayList<>();
        for (LinkSettings link : written == null ? List.<LinkSettings>of() : written) {
            LinkPattern pattern = new LinkPattern(link.words(), link.url());
            check(pattern, patterns.size());
            patterns.add(pattern);
        }
        finish();
        return Links.of(patterns);
    }

    private void check(LinkPattern pattern, int index) {
        if (!pattern.url().startsWith("https://") && !pattern.url().startsWith("http://")) {
            problems.add(yaml.problem(
                    Pointers.of("links", index, "url"),
                    "\"" + pattern.url() + "\" is no address of the web",
                    "begin it with https://"));
        }
        for (String place : pattern.places()) {
            if (!LinkPattern.PLACES.contains(place)) {
                problems.add(yaml.problem(
                        Pointers.of("links", index, "url"),
                        "nothing is known by the name {" + place + "}",
                        "use one of {"
                                + String.join(
                                        "}, {",
                                        LinkPattern.PLACES.stream().sorted().toList()) + "}"));
            }
        }
    }

    private void finish() throws InvalidDocument {
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    private static Map<String, List<String>> orNone(@Nullable Map<String, List<String>> written) {
        return written == null ? Map.of() : written;
    }
}
