// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.List;
import java.util.Objects;

/** Reads a known issue out of an issue on GitHub: a block fenced as {@code ci-notify} in its description. */
public final class KnownIssueParser {

    private static final Pattern BLOCK = Pattern.compile("(?s)(?:^|\\n)```ci-notify[ \\t]*\\n(.*?)\\n```");

    private static final Pattern CONTROLS = Pattern.compile("[[:cntrl:]]");

    /** What a person would not write. */
    private static final int LONGEST = 10_000;

    private KnownIssueParser() {}

    /**
     * Reads it.
     *
     * @param place by which people know the issue, as org/repo#number
     * @param link to its page
     * @param body its description; from outside
     * @throws InvalidConfigException with what keeps it from counting
     */
    public static KnownIssue read(Config settings, String place, String title, String link, String body)
            throws InvalidConfigException {
        Matcher block = BLOCK.matcher(body.replace("\r\n", "\n"));
        if (!block.find() || block.group(1).length() > LONGEST) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    place,
                    "has no block that begins with ```ci-notify",
                    "add one with pattern, owner, until and an example, as docs/alerting.md describes"));
        }
        String text = block.group(1) + "\nname: " + quoted(place + " " + title) + "\nlink: " + quoted(link) + "\n";
        KnownIssue issue = ConfigBinder.bind(YamlDocument.parse(place, text), KnownIssue.class);
        List<KnownIssueProblem> slips = KnownIssueProblem.of(
                issue, Objects.requireNonNull(settings.file().prow()));
        if (!slips.isEmpty()) {
            throw new InvalidConfigException(slips.stream()
                    .map(slip -> ConfigProblem.ofFile(place, slip.key() + ": " + slip.problem(), slip.hint()))
                    .toList());
        }
        return issue;
    }

    private static String quoted(String text) {
        return "'" + CONTROLS.matcher(text).replaceAll(" ").replace("'", "''") + "'";
    }
}
