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

import java.time.ZoneId;

/** The same for the people of one SIG, without what only concerns the group. */
public final class SigDigest {

    private SigDigest() {}

    /**
     * The digest of a SIG.
     *
     * @param facts of all
     * @param zone in which days are named
     */
    public static Page of(Facts facts, String sig, ZoneId zone) {
        Facts own = facts.of(sig);
        IncidentSections incidents = new IncidentSections(own);
        LaneSections lanes = new LaneSections(own.lanes());
        return new Page(
                "SIG " + sig + " in CI from " + TaskforceDigest.day(facts.period(), zone),
                incidents.summary(),
                TaskforceDigest.notEmpty(incidents.open(), incidents.resolved(), lanes.noisiest(), lanes.flaky()));
    }
}
