// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** The digest of the state of CI. In chats it can be read aloud in a minute. */
public final class CiDigest {
    /** Tests in the digest of a SIG. */
    public static final int MOST_TESTS = 5;

    private CiDigest() {}

    /** The digest for the operations group; dates are in the zone. */
    public static Digest of(DigestData data, ZoneId zone) {
        IncidentSections incidents = new IncidentSections(data);
        LaneSections lanes = new LaneSections(data.lanes());
        PeopleSections people = new PeopleSections(data);
        String title = "CI from " + day(data.period(), zone);
        Digest brief =
                new Digest(title, incidents.summary(), notEmpty(incidents.open(), incidents.outages(), lanes.worst()));
        return new Digest(
                title,
                incidents.summary(),
                notEmpty(
                        incidents.open(),
                        incidents.outages(),
                        lanes.worst(),
                        incidents.resolved(),
                        lanes.flaky(),
                        new BumpSection(data).bumps(),
                        people.knownIssues(),
                        people.notifications(),
                        people.gaps()),
                brief);
    }

    /** The digest for one SIG: its incidents, lanes and tests only. */
    public static Digest forSig(DigestData data, String sig, ZoneId zone) {
        DigestData own = data.forSig(sig);
        IncidentSections incidents = new IncidentSections(own);
        LaneSections lanes = new LaneSections(own.lanes());
        return new Digest(
                "SIG " + sig + " in CI from " + day(data.period(), zone),
                incidents.summary(),
                notEmpty(
                        incidents.open(),
                        incidents.outages(),
                        lanes.worst(),
                        incidents.resolved(),
                        lanes.flaky(),
                        new TestSection(own.tests()).worst()));
    }

    /** Omits empty sections. */
    static List<Digest.Section> notEmpty(Digest.Section... sections) {
        return Stream.of(sections).filter(section -> !section.lines().isEmpty()).toList();
    }

    /** The first and last day. */
    static String day(DigestPeriod period, ZoneId zone) {
        return LocalDate.ofInstant(period.from(), zone) + " to " + LocalDate.ofInstant(period.until(), zone);
    }
}
