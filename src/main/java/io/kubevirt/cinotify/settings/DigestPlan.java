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
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.digest.Meeting;
import io.kubevirt.cinotify.digest.WorkLabel;
import io.kubevirt.cinotify.prow.Repository;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which digests are sent.
 *
 * @param zone in which days are named
 * @param planned in order
 */
public record DigestPlan(ZoneId zone, List<Planned> planned) {

    /** None. */
    public static final DigestPlan NONE = new DigestPlan(ZoneOffset.UTC, List.of());

    /** Copies the list. */
    public DigestPlan {
        planned = List.copyOf(planned);
    }

    /** One that is sent again and again. */
    public record Planned(Subject subject, Meeting meeting, List<DigestSettings.Place> to) {

        /** Copies the places. */
        public Planned {
            to = List.copyOf(to);
        }
    }

    /** What one is about. */
    public sealed interface Subject {

        /** The state of CI. */
        record Taskforce() implements Subject {}

        /** The open issues. */
        record Grooming(List<Repository> repositories, List<WorkLabel> labels, String triage) implements Subject {

            /** Copies the lists. */
            public Grooming {
                repositories = List.copyOf(repositories);
                labels = List.copyOf(labels);
            }
        }

        /** The state of CI for one SIG. */
        record OfSig(String sig) implements Subject {}
    }
}
