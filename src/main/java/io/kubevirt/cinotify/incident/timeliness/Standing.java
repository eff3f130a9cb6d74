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
package io.kubevirt.cinotify.incident.timeliness;

import io.kubevirt.cinotify.incident.policy.CaseKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What has been seen to go wrong before. */
public interface Standing {

    /**
     * A problem that was raised and not cleared.
     *
     * @param subject the job or cluster; {@link Timeliness#EVERYWHERE} for Prow itself
     * @param rule by which it was seen
     */
    record Raised(CaseKind kind, String subject, Instant openedAt, String rule) {}

    /** What a problem is about, by its title. */
    static String subjectOf(CaseKind kind, String title) {
        return title.substring(title.startsWith(kind.word() + " ") ? kind.word().length() + 1 : 0);
    }

    /** All that stand, of a kind, oldest first. */
    List<Raised> open(CaseKind kind);

    /** When the last problem of each subject of a kind was over; subjects without one are missing. */
    Map<String, Instant> lastOver(CaseKind kind);
}
