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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.Lane;

/**
 * What an incident is about; at most one is open for each key.
 *
 * @param kind what sort of problem
 * @param subject the lane, job or cluster; {@code everywhere} for Prow itself
 */
public record IncidentKey(IncidentKind kind, String subject) {

    /** Prow starts nothing, anywhere. */
    public static final IncidentKey SILENT_PROW = new IncidentKey(IncidentKind.SILENT_PROW, "everywhere");

    /** A red lane. */
    public static IncidentKey of(Lane lane) {
        return new IncidentKey(IncidentKind.LANE, lane.toString());
    }

    /** A periodic job that does not start. */
    public static IncidentKey ofMissing(String job) {
        return new IncidentKey(IncidentKind.MISSING_RUN, job);
    }

    /** A cluster that does not start what waits. */
    public static IncidentKey ofStalled(String cluster) {
        return new IncidentKey(IncidentKind.STALLED_CLUSTER, cluster);
    }

    /** For people: the subject alone for a lane, which needs no more words. */
    @Override
    public String toString() {
        return kind == IncidentKind.LANE ? subject : kind.word() + " " + subject;
    }
}
