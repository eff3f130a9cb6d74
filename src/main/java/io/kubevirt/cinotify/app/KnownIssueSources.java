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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.settings.KnownIssuePlace;
import io.kubevirt.cinotify.settings.KnownIssueText;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.KnownIssueTable;
import io.kubevirt.cinotify.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All known issues: those of the settings, then those of GitHub as they were last read.
 *
 * @param problems why some of GitHub do not count
 */
public record KnownIssueSources(List<KnownIssue> issues, List<Problem> problems) {

    /** Copies the lists. */
    public KnownIssueSources {
        issues = List.copyOf(issues);
        problems = List.copyOf(problems);
    }

    /** As they are now. */
    public static KnownIssueSources of(Settings settings, Transaction transaction) {
        List<KnownIssue> issues = new ArrayList<>(settings.knownIssues());
        List<Problem> problems = new ArrayList<>();
        List<KnownIssuePlace> places = places(settings);
        if (!places.isEmpty()) {
            for (KnownIssueTable.Row row : transaction.knownIssues().all()) {
                if (places.stream().anyMatch(place -> isOf(row, place))) {
                    try {
                        issues.add(KnownIssueText.read(
                                settings, row.repository() + "#" + row.number(), row.title(), row.link(), row.body()));
                    } catch (InvalidDocument e) {
                        problems.addAll(e.problems());
                    }
                }
            }
        }
        return new KnownIssueSources(issues, problems);
    }

    static List<KnownIssuePlace> places(Settings settings) {
        return Objects.requireNonNullElse(settings.file().knownIssuesFrom(), List.of());
    }

    private static boolean isOf(KnownIssueTable.Row row, KnownIssuePlace place) {
        return row.repository().equals(place.repository().fullName())
                && row.label().equals(place.label());
    }
}
