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
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.RunReading.NotARun;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the statuses that Prow's other components write on the commits of runs (prow-contract §5). Some of them keep the
 * address of a run, so that they are told by their words, before the address is looked at.
 */
final class OtherWriters {

    private static final Set<String> GITHUB_STATES = Set.of("pending", "success", "failure", "error");

    private OtherWriters() {}

    /** Why the event tells of no run; empty if it may. */
    static Optional<NotARun> of(StatusEvent event) {
        String words = event.description();
        if (event.context().equals("tide")) {
            return not(NotARunReason.TIDE, "tide tells whether the pull request would merge", words);
        }
        if (words.startsWith("Overridden by ")) {
            return not(NotARunReason.OVERRIDDEN, "a person declared it green", words);
        }
        if (words.startsWith("Override cancelled by ")) {
            return not(NotARunReason.OVERRIDE_CANCELLED, "a person took an override back", words);
        }
        if (words.equals("Skipped") || words.equals("Skipped.")) {
            return not(NotARunReason.SKIPPED, "its job need not run", words);
        }
        if (words.startsWith("Context retired")) {
            return not(NotARunReason.CONTEXT_RETIRED, "its job was removed or renamed", words);
        }
        if (!GITHUB_STATES.contains(event.state())) {
            return not(NotARunReason.MALFORMED, "the event has no state that GitHub knows", event.state());
        }
        return Optional.empty();
    }

    private static Optional<NotARun> not(NotARunReason reason, String why, String words) {
        return Optional.of(new NotARun(reason, Quotation.after(why, words)));
    }
}
