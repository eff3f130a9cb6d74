// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.IncidentDetail;
import io.kubevirt.cinotify.web.api.RunItem;
import io.quarkus.qute.RawString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incident.
 *
 * @param name what is broken, in short
 * @param facts blocking, area, age
 * @param actions the forms for those who may; null for others
 * @param next who is notified next, and when; empty if nobody is
 * @param strip the last runs of its lanes; null if none are known
 * @param lastGreen when the last run passed
 * @param onDutyUntil the end of the working hours of the assignee; null if they are over
 * @param laneOnly whether the table has only the first lanes
 */
public record IncidentPage(
        IncidentDetail detail,
        String name,
        String repository,
        Pill pill,
        List<String> facts,
        @Nullable Moment opened,
        @Nullable Moment closed,
        @Nullable Actions actions,
        Heat heat,
        boolean laneOnly,
        @Nullable Person assignee,
        @Nullable Person sigContact,
        List<Fact> why,
        @Nullable RawString strip,
        @Nullable Moment lastGreen,
        @Nullable Moment onDutyUntil,
        @Nullable Next next,
        List<Line> timeline,
        @Nullable String olderTimeline,
        List<Run> runs,
        @Nullable String olderRuns,
        List<Explained> explains) {
    public IncidentPage {
        facts = List.copyOf(facts);
        why = List.copyOf(why);
        timeline = List.copyOf(timeline);
        runs = List.copyOf(runs);
        explains = List.copyOf(explains);
    }

    /** @param token proves that a form comes from this page */
    public record Actions(String token, List<String> areas, List<String> members) {
        public Actions {
            areas = List.copyOf(areas);
            members = List.copyOf(members);
        }
    }

    /** @param condition such as "if nobody answers" */
    public record Next(String person, Moment at, String condition) {}

    /** @param href empty for none */
    public record Fact(String name, String text, String href) {}

    /** @param tone of its dot */
    public record Line(String text, String note, String tone, Moment at) {}

    public record Run(RunItem item, String job, @Nullable Moment ended, String pulls, String outcome) {}

    /** An incident that this one explains. */
    public record Explained(String id, String name) {}
}
