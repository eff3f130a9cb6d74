// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.text.Plural;
import java.util.List;
import java.util.stream.Collectors;

/** The text of notifications, before a channel formats it. */
final class NotificationText {
    private static final int MAX_NAMES = 12;

    private NotificationText() {}

    static String opened(DetectedIncident incident) {
        return switch (incident) {
            case LaneIncident lane -> lane.title() + " is broken: " + lane.why();
            case OutageIncident outage ->
                "outage of " + outage.title() + ": " + outage.why() + "; "
                        + Plural.of(outage.lanes().size(), "lane")
                        + (outage.pulls().isEmpty()
                                ? ""
                                : " on " + Plural.of(outage.pulls().size(), "pull request"))
                        + " so far";
            case ReportedIncident problem -> problem.title() + ": " + problem.why();
        };
    }

    static String stillRed(String outage, List<LaneIncident> red) {
        return "after " + outage + " still failing: "
                + list(red.stream().map(LaneIncident::title).toList());
    }

    static String folded(DetectedIncident incident, String outage) {
        return incident.title() + " is now part of " + outage;
    }

    static String resolved(DetectedIncident incident, String why) {
        return incident.title() + " is over: " + why;
    }

    static String reminded(DetectedIncident incident, String why) {
        return incident.title() + (incident instanceof ReportedIncident ? ": " : " is still broken: ") + why;
    }

    /** Does not say "broken": the incident may be a request for help. */
    static String withReason(DetectedIncident incident, String why) {
        return incident.title() + ": " + why;
    }

    static String escalated(DetectedIncident incident, String handle, boolean nobodyLeft) {
        return incident.title() + ": " + handle + " has not acknowledged"
                + (nobodyLeft ? ", and there is no further level" : "");
    }

    static String list(List<String> names) {
        return names.size() <= MAX_NAMES
                ? String.join(", ", names)
                : names.stream().limit(MAX_NAMES).collect(Collectors.joining(", ")) + " and "
                        + (names.size() - MAX_NAMES) + " more";
    }
}
