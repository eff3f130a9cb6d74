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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who of the group has an incident, and what was said and done until then; what a successor must know. */
@Kept
final class Keeping {

    private static final int MOST_DEEDS = 12;

    /**
     * Something that was said or done.
     *
     * @param runs how many red runs the incident had then
     */
    record Deed(Instant at, String what, int runs) {}

    private @Nullable String keeper;
    private @Nullable Instant look;
    private int runs;
    private @Nullable String need;
    private @Nullable String why;
    private final List<Deed> deeds = new ArrayList<>();

    /** A member has it from now on; null if nobody has. */
    void take(@Nullable String member, int runsSoFar) {
        keeper = member;
        look = null;
        runs = runsSoFar;
    }

    /** When it is to be asked again who has it. */
    void look(Instant at) {
        look = at;
    }

    /** Only the newest are kept. */
    void note(Instant at, String what, int runsSoFar) {
        deeds.add(new Deed(at, what, runsSoFar));
        if (deeds.size() > MOST_DEEDS) {
            deeds.removeFirst();
        }
    }

    /** Whether it needs something else of people than when this was last asked. */
    boolean needsOther(Case now) {
        String fresh = now.need() == null ? null : now.need().name();
        boolean other = need != null && fresh != null && !fresh.equals(need);
        need = fresh;
        return other;
    }

    /** Whether it needs the same for another reason than when this was last asked. */
    boolean hasOtherReason(Case now) {
        String fresh = now.need() == null ? null : now.why();
        boolean other = why != null && fresh != null && !fresh.equals(why);
        why = fresh;
        return other;
    }

    @Nullable String keeper() {
        return keeper;
    }

    @Nullable Instant look() {
        return look;
    }

    /** How many red runs the incident had when the keeper got it. */
    int runs() {
        return runs;
    }

    List<Deed> deeds() {
        return List.copyOf(deeds);
    }
}
