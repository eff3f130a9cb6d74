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
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.document.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the settings add to the group's document.
 *
 * @param file the settings file, as problems name it
 * @param hours the hours of everyone of whom nothing else is said
 * @param members what is added about people, members of the group or of a SIG
 */
public record Overlay(String file, WorkingHours hours, List<MemberOverlay> members) {

    public Overlay {
        members = List.copyOf(members);
    }

    /** Adds nothing: office hours for everyone. */
    public static Overlay nothing() {
        return new Overlay("settings", WorkingHours.OFFICE, List.of());
    }

    /** What is added about a person, by handle in any case. */
    public Optional<MemberOverlay> of(String handle) {
        return members.stream()
                .filter(member -> member.handle().equalsIgnoreCase(handle))
                .findFirst();
    }

    /**
     * People whom nobody knows, and people who are there twice. They do no harm to a roster, which leaves them out: a
     * member who leaves by a change of the group's document must not break it until the settings follow.
     *
     * @param known the handles of all files
     */
    public List<Problem> problems(Collection<String> known) {
        Set<String> expected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        expected.addAll(known);
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Problem> problems = new ArrayList<>();
        for (MemberOverlay member : members) {
            String handle = member.handle();
            if (!expected.contains(handle)) {
                String mend = Nearest.to(handle, expected)
                        .map(nearest -> "if " + nearest + " is meant, write that")
                        .orElse("take it out, or add the person to the group's table");
                problems.add(new Problem(file, member.line(), "no file knows a " + handle, mend));
            }
            if (!seen.add(handle)) {
                problems.add(new Problem(file, member.line(), handle + " is there twice", "join the two entries"));
            }
        }
        return problems;
    }
}
