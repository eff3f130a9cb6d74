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
package io.kubevirt.cinotify.incident.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.prow.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A finished run in the windows, and what has been found to explain it. Only {@link Windows} changes the mark. */
final class Entry {

    private final RunFacts run;
    private @Nullable Mark mark;
    private @Nullable Known known;

    @JsonCreator
    Entry(
            @JsonProperty("run") RunFacts run,
            @JsonProperty("mark") @Nullable Mark mark,
            @JsonProperty("known") @Nullable Known known) {
        this.run = run;
        this.mark = mark;
        this.known = known;
    }

    /** One of which no more is known than that it has ended. */
    static Entry of(RunFacts run) {
        return new Entry(run, null, null);
    }

    @JsonProperty
    RunFacts run() {
        return run;
    }

    @JsonProperty
    @Nullable Mark mark() {
        return mark;
    }

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Known known() {
        return known;
    }

    /** Its artifacts say who already cares for it; null if nobody does. */
    void learn(@Nullable Known issue) {
        known = issue;
    }

    /** Whether it is a failure because of which nobody is called at an instant. */
    boolean isMuted(Instant now) {
        return known != null && known.mutesAt(now);
    }

    void setMark(@Nullable Mark mark) {
        this.mark = mark;
    }

    Instant at() {
        return run.at();
    }

    boolean passed() {
        return run.state() == JobState.SUCCESS;
    }

    boolean failed() {
        return !passed();
    }

    /** Whether it is a red run that nothing larger explains. */
    boolean counts() {
        return failed() && mark == null;
    }

    /** Whether it speaks for the lane: it passed, or would have on another try. */
    boolean isGreen() {
        return passed() || mark == Mark.FLAKE;
    }
}
