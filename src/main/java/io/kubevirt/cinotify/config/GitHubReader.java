// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.notify.template.LinkTemplate;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
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
}
