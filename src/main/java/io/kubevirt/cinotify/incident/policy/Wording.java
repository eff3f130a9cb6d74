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
package io.kubevirt.cinotify.incident.policy;

import java.util.List;
import java.util.stream.Collectors;

/** What a message says, before a channel dresses it. */
final class Wording {

    private static final int MOST_NAMES = 12;

    private Wording() {}

    static String opened(Case about) {
        return switch (about) {
            case LaneCase lane -> lane.title() + " is broken: " + lane.why();
            case OutageCase outage ->
                "outage of " + outage.title() + ": " + outage.why() + "; "
                        + outage.lanes().size() + " lanes on " + outage.pulls().size() + " pull requests so far";
            case ProblemCase problem -> problem.title() + ": " + problem.why();
        };
    }

    static String stillRed(String outage, List<LaneCase> red) {
        return "after the outage of " + outage + " still red: "
                + list(red.stream().map(LaneCase::title).toList());
    }

    static String folded(Case about, String outage, String title) {
        return about.title() + " is now seen as part of outage " + outage + " of " + title;
    }

    static String resolved(Case about, String why) {
        return about.title() + " is over: " + why;
    }

    static String reminded(Case about, String why) {
        return about.title() + (about instanceof ProblemCase ? ": " : " is still broken: ") + why;
    }

    /** Not everything that is given away is broken: somebody may have asked for help. */
    static String given(Case about, String why) {
        return about.title() + ": " + why;
    }

    static String escalated(Case about, String silent, boolean nobodyLeft) {
        return about.title() + ": " + silent + " has not answered" + (nobodyLeft ? ", and nobody is left to ask" : "");
    }

    static String list(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ")) + " and "
                        + (names.size() - MOST_NAMES) + " more";
    }
}
