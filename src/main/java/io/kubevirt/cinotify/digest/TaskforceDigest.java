// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** What the group would otherwise collect by hand for its weekly meeting. */
public final class TaskforceDigest {

    private TaskforceDigest() {}

    /** @param zone in which the meeting names its days */
    public static Digest of(DigestData facts, ZoneId zone) {
        IncidentSections incidents = new IncidentSections(facts);
        LaneSections lanes = new LaneSections(facts.lanes());
        PeopleSections people = new PeopleSections(facts);
        return new Digest(
                "CI from " + day(facts.period(), zone),
                incidents.summary(),
                notEmpty(
                        incidents.open(),
                        incidents.resolved(),
                        incidents.byAreaAndSig(),
                        lanes.noisiest(),
                        lanes.flaky(),
                        new BumpSection(facts).bumps(),
                        people.knownIssues(),
                        people.notifications(),
                        people.gaps()));
    }

    /** What has nothing to show is left out, so that a quiet week is a short page. */
    static List<Digest.Section> notEmpty(Digest.Section... sections) {
        return Stream.of(sections).filter(section -> !section.lines().isEmpty()).toList();
    }

    /** Both days, the last included. */
    static String day(DigestPeriod period, ZoneId zone) {
        return LocalDate.ofInstant(period.from(), zone) + " to " + LocalDate.ofInstant(period.until(), zone);
    }
}
