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
package io.kubevirt.cinotify.digest;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** What the group would otherwise collect by hand for its weekly meeting. */
public final class TaskforceDigest {

    private TaskforceDigest() {}

    /** @param zone in which the meeting names its days */
    public static Page of(Facts facts, ZoneId zone) {
        IncidentSections incidents = new IncidentSections(facts);
        LaneSections lanes = new LaneSections(facts.lanes());
        PeopleSections people = new PeopleSections(facts);
        return new Page(
                "CI from " + day(facts.period(), zone),
                incidents.summary(),
                notEmpty(
                        incidents.open(),
                        incidents.resolved(),
                        incidents.byAreaAndSig(),
                        lanes.noisiest(),
                        lanes.flaky(),
                        new BumpSection(facts).bumps(),
                        people.known(),
                        people.told(),
                        people.gaps()));
    }

    /** What has nothing to show is left out, so that a quiet week is a short page. */
    static List<Page.Section> notEmpty(Page.Section... sections) {
        return Stream.of(sections).filter(section -> !section.lines().isEmpty()).toList();
    }

    /** Both days, the last included. */
    static String day(Period period, ZoneId zone) {
        return LocalDate.ofInstant(period.from(), zone) + " to " + LocalDate.ofInstant(period.until(), zone);
    }
}
