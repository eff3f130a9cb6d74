// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.template.LinkTemplate;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
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
    private final List<ConfigProblem> problems = new ArrayList<>();

    GitHubReader(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws InvalidConfigException with every slip */
    GitHubConfig rules(@Nullable GitHubBlock written, Set<String> areas) throws InvalidConfigException {
        if (written == null) {
            return GitHubConfig.DISABLED;
        }
        GitHubBlock.Issues issues = written.issues();
        Repository repository = issues == null ? null : repository(issues.repository());
        if (issues != null) {
            orNone(issues.areaLabels()).keySet().stream()
                    .filter(area -> !areas.contains(area))
                    .forEach(area -> problems.add(yaml.problem(
                            JsonPointers.of(SECTION, "issues", "areaLabels", area),
                            "there is no area \"" + area + "\"",
                            ClosestMatch.find(area, areas)
                                    .map(nearest -> "did you mean \"" + nearest + "\"?")
                                    .orElse("use one of " + String.join(", ", areas)))));
        }
        int most = Objects.requireNonNullElse(written.mostComments(), COMMENTS);
        if (most < 1 || most > MOST_COMMENTS) {
            problems.add(yaml.problem(
                    JsonPointers.of(SECTION, "mostComments"),
                    "mostComments is " + most + ", but only 1 to " + MOST_COMMENTS + " make sense",
                    "write " + COMMENTS + ", or leave it out; comment: never writes none"));
        }
        throwIfAny();
        return new GitHubConfig(
                repository,
                issues != null && Boolean.TRUE.equals(issues.lanes()),
                issues == null || issues.labels() == null ? List.of() : issues.labels(),
                issues == null ? Map.of() : orNone(issues.areaLabels()),
                issues == null ? Map.of() : orNone(issues.sigLabels()),
                Objects.requireNonNullElse(written.comment(), GitHubConfig.Comments.NEVER),
                most);
    }

    private @Nullable Repository repository(String written) {
        Optional<Repository> repository = Repository.parse(written);
        if (repository.isEmpty()) {
            problems.add(yaml.problem(
                    JsonPointers.of(SECTION, "issues", "repository"),
                    "\"" + written + "\" is no repository",
                    "write org/name"));
        }
        return repository.orElse(null);
    }

    /** @throws InvalidConfigException with every slip */
    Links links(@Nullable List<LinkBlock> written) throws InvalidConfigException {
        List<LinkTemplate> patterns = new ArrayList<>();
        for (LinkBlock link : written == null ? List.<LinkBlock>of() : written) {
            LinkTemplate pattern = new LinkTemplate(link.words(), link.url());
            check(pattern, patterns.size());
            patterns.add(pattern);
        }
        throwIfAny();
        return Links.of(patterns);
    }

    private void check(LinkTemplate pattern, int index) {
        if (!pattern.url().startsWith("https://") && !pattern.url().startsWith("http://")) {
            problems.add(yaml.problem(
                    JsonPointers.of("links", index, "url"),
                    "\"" + pattern.url() + "\" is no address of the web",
                    "begin it with https://"));
        }
        for (String place : pattern.placeholders()) {
            if (!LinkTemplate.PLACEHOLDERS.contains(place)) {
                problems.add(yaml.problem(
                        JsonPointers.of("links", index, "url"),
                        "nothing is known by the name {" + place + "}",
                        "use one of {"
                                + String.join(
                                        "}, {",
                                        LinkTemplate.PLACEHOLDERS.stream()
                                                .sorted()
                                                .toList()) + "}"));
            }
        }
    }

    private void throwIfAny() throws InvalidConfigException {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    private static Map<String, List<String>> orNone(@Nullable Map<String, List<String>> written) {
        return written == null ? Map.of() : written;
    }
}
