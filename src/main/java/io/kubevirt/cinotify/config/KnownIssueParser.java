// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;

/** Parses the known issue in an issue on GitHub: a block fenced as {@code ci-notify} in its description. */
public final class KnownIssueParser {
    private static final Pattern BLOCK = Pattern.compile("(?s)(?:^|\\n)```ci-notify[ \\t]*\\n(.*?)\\n```");

    private static final Pattern CONTROLS = Pattern.compile("[[:cntrl:]]");

    /** Longest block that is parsed. */
    private static final int LONGEST = 10_000;

    private KnownIssueParser() {}

    /**
     * Parses the description of an issue.
     *
     * @param place the issue, as org/repo#number
     * @param link the URL of the issue
     * @param body the description; untrusted
     * @throws InvalidConfigException with all problems
     */
    public static KnownIssue read(Config settings, String place, String title, String link, String body)
            throws InvalidConfigException {
        Matcher block = BLOCK.matcher(body.replace("\r\n", "\n"));
        if (!block.find() || block.group(1).length() > LONGEST) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    place,
                    "has no block that starts with ```ci-notify",
                    "add one with pattern, owner, until and an example, as docs/alerting.md describes"));
        }
        String text = block.group(1) + "\nname: " + quoted(place + " " + title) + "\nlink: " + quoted(link) + "\n";
        YamlDocument document = YamlDocument.parse(place, text);
        KnownIssue issue = ConfigBinder.bind(document, KnownIssue.class);
        ConfigValidator validator = new ConfigValidator(document, ConfigValidator.KnownNames.NONE);
        issue.check(validator, settings.runUrls());
        if (!validator.problems().isEmpty()) {
            throw new InvalidConfigException(validator.problems().stream()
                    .map(problem -> ConfigProblem.ofFile(place, problem.problem(), problem.hint()))
                    .toList());
        }
        return issue;
    }

    private static String quoted(String text) {
        return "'" + CONTROLS.matcher(text).replaceAll(" ").replace("'", "''") + "'";
    }
}
