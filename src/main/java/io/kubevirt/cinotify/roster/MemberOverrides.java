// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
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
public record MemberOverrides(String file, WorkingHours hours, List<MemberOverride> members) {

    public MemberOverrides {
        members = List.copyOf(members);
    }

    /** Adds nothing: office hours for everyone. */
    public static MemberOverrides none() {
        return new MemberOverrides("settings", WorkingHours.OFFICE, List.of());
    }

    /** What is added about a person, by handle in any case. */
    public Optional<MemberOverride> of(String handle) {
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
    public List<ConfigProblem> problems(Collection<String> known) {
        Set<String> expected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        expected.addAll(known);
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<ConfigProblem> problems = new ArrayList<>();
        for (MemberOverride member : members) {
            String handle = member.handle();
            if (!expected.contains(handle)) {
                String mend = ClosestMatch.find(handle, expected)
                        .map(nearest -> "if " + nearest + " is meant, write that")
                        .orElse("take it out, or add the person to the group's table");
                problems.add(new ConfigProblem(file, member.line(), "no file knows a " + handle, mend));
            }
            if (!seen.add(handle)) {
                problems.add(
                        new ConfigProblem(file, member.line(), handle + " is there twice", "join the two entries"));
            }
        }
        return problems;
    }
}
