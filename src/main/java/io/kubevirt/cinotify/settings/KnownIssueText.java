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

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import java.util.List;
import java.util.Objects;

/** Reads a known issue out of an issue on GitHub: a block fenced as {@code ci-notify} in its description. */
public final class KnownIssueText {

    private static final Pattern BLOCK = Pattern.compile("(?s)(?:^|\\n)```ci-notify[ \\t]*\\n(.*?)\\n```");

    private static final Pattern CONTROLS = Pattern.compile("[[:cntrl:]]");

    /** What a person would not write. */
    private static final int LONGEST = 10_000;

    private KnownIssueText() {}

    /**
     * Reads it.
     *
     * @param place by which people know the issue, as org/repo#number
     * @param link to its page
     * @param body its description; from outside
     * @throws InvalidDocument with what keeps it from counting
     */
    public static KnownIssue read(Settings settings, String place, String title, String link, String body)
            throws InvalidDocument {
        Matcher block = BLOCK.matcher(body.replace("\r\n", "\n"));
        if (!block.find() || block.group(1).length() > LONGEST) {
            throw new InvalidDocument(Problem.ofFile(
                    place,
                    "has no block that begins with ```ci-notify",
                    "add one with pattern, owner, until and an example, as docs/decide.md describes"));
        }
        String text = block.group(1) + "\nname: " + quoted(place + " " + title) + "\nlink: " + quoted(link) + "\n";
        KnownIssue issue = SettingsBinder.bind(YamlDocument.parse(place, text), KnownIssue.class);
        List<KnownIssueSlip> slips =
                KnownIssueSlip.of(issue, Objects.requireNonNull(settings.file().prow()));
        if (!slips.isEmpty()) {
            throw new InvalidDocument(slips.stream()
                    .map(slip -> Problem.ofFile(place, slip.key() + ": " + slip.problem(), slip.mend()))
                    .toList());
        }
        return issue;
    }

    private static String quoted(String text) {
        return "'" + CONTROLS.matcher(text).replaceAll(" ").replace("'", "''") + "'";
    }
}
