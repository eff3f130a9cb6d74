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
 * The details of all people in {@code roster.members}.
 *
 * @param file the configuration file, for problems
 * @param hours the default working hours
 * @param members members of the group or of a SIG
 */
public record MemberOverrides(String file, WorkingHours hours, List<MemberOverride> members) {
    public MemberOverrides {
        members = List.copyOf(members);
    }

    /** No details: office hours for everyone. */
    public static MemberOverrides none() {
        return new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of());
    }

    /** The details of a person, by handle in any case. */
    public Optional<MemberOverride> of(String handle) {
        return members.stream()
                .filter(member -> member.handle().equalsIgnoreCase(handle))
                .findFirst();
    }

    /**
     * Unknown and duplicate people. The roster ignores them: removing a member from the group's document must not break the
     * configuration until it is updated too.
     *
     * @param known the handles of all documents
     */
    public List<ConfigProblem> problems(Collection<String> known) {
        Set<String> expected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        expected.addAll(known);
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<ConfigProblem> problems = new ArrayList<>();
        for (MemberOverride member : members) {
            String handle = member.handle();
            if (!expected.contains(handle)) {
                String hint = ClosestMatch.find(handle, expected)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("remove the entry, or add the person to the group's table");
                problems.add(new ConfigProblem(file, member.line(), "unknown handle " + handle, hint));
            }
            if (!seen.add(handle)) {
                problems.add(
                        new ConfigProblem(file, member.line(), handle + " is listed twice", "merge the two entries"));
            }
        }
        return problems;
    }
}
