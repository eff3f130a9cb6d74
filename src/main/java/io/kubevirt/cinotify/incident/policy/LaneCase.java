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
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Known;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A family of lanes that is broken. */
@Kept
final class LaneCase extends Case {

    /** Stands for the family as a whole where no lane of it is broken by itself. */
    private static final String ANY_LANE = "*";

    private final StreamKey key;
    private final TreeSet<String> core = new TreeSet<>();
    private final TreeSet<String> branches = new TreeSet<>();
    private final TreeMap<String, TreeSet<String>> green = new TreeMap<>();
    private Instant spokenAt;
    private @Nullable Reach reach;
    private @Nullable Aftermath aftermath;
    private @Nullable Known mute;

    @JsonCreator
    LaneCase(
            @JsonProperty("id") String id,
            @JsonProperty("key") StreamKey key,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis) {
        super(id, openedAt, diagnosis);
        this.key = key;
        this.spokenAt = openedAt;
    }

    /** It speaks again after an outage, together with others. */
    record Aftermath(String outage, String title, Instant at) {}

    /** It has reached a branch of which nobody has been told. */
    record Reach(String branch, Instant at) {}

    /** Forgets what spoke for its end, which lanes are broken by themselves, and what explained it. */
    void restart() {
        core.clear();
        green.clear();
        mute = null;
    }

    /** A lane is broken by itself. */
    void addCore(String job) {
        core.add(job);
    }

    /** A red run: what passed before speaks for nothing. */
    void red(String job) {
        green.remove(job);
        green.remove(ANY_LANE);
    }

    /**
     * A green run.
     *
     * @param witness the pull request, or the run where there is none
     * @param enough how many witnesses are enough; more are not kept
     * @return whether every lane that was broken by itself has enough
     */
    boolean passed(String job, String witness, int enough) {
        witness(job, witness, enough);
        witness(ANY_LANE, witness, enough);
        Set<String> needed = core.isEmpty() ? Set.of(ANY_LANE) : core;
        return (core.isEmpty() || core.contains(job))
                && needed.stream()
                        .allMatch(lane ->
                                green.getOrDefault(lane, new TreeSet<>()).size() >= enough);
    }

    private void witness(String lane, String witness, int enough) {
        TreeSet<String> witnesses = green.computeIfAbsent(lane, none -> new TreeSet<>());
        if (witnesses.size() < enough) {
            witnesses.add(witness);
        }
    }

    /** Whether the branch is known to be red; from now on it is. */
    boolean knows(String branch) {
        return !branches.add(branch);
    }

    /** When people were last to hear of it, had they all been at work. */
    Instant spokenAt() {
        return spokenAt;
    }

    void reaches(String branch, Instant at) {
        reach = new Reach(branch, at);
        spokenAt = at;
    }

    @Nullable Reach reach() {
        return reach;
    }

    void comesAfter(@Nullable Aftermath outage) {
        aftermath = outage;
    }

    @Nullable Aftermath aftermath() {
        return aftermath;
    }

    /** Somebody cares for it, so that nobody is called; null if that explains it no more. */
    void mute(@Nullable Known issue) {
        mute = issue;
    }

    @Override
    @Nullable Known mute() {
        return mute;
    }

    /** With the issue that mutes it; one that does not is shown without its wish for silence. */
    @Override
    Diagnosis diagnosis() {
        Diagnosis found = super.diagnosis();
        if (mute != null) {
            Diagnosis said = found.trace().contains(mute.sentence()) ? found : found.because(mute.sentence());
            return said.known(mute);
        }
        return found.known() == null ? found : found.known(found.known().told());
    }

    StreamKey stream() {
        return key;
    }

    Set<String> core() {
        return core;
    }

    @Override
    String key() {
        return key.toString();
    }

    @Override
    String subject() {
        return key.toString();
    }

    @Override
    CaseKind kind() {
        return CaseKind.LANE;
    }

    @Override
    String title() {
        return key.repository().equals(StreamKey.NO_REPOSITORY) ? key.name() : key.repository() + " " + key.name();
    }
}
