// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Everybody is on duty all the time. */
final class EverybodyPlan implements DutyPlan {
    private final Set<String> people = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    EverybodyPlan(Collection<String> people) {
        this.people.addAll(people);
    }

    @Override
    public List<DutyShift> shifts(TimeRange range) {
        return people.stream().map(person -> new DutyShift(person, range)).toList();
    }

    @Override
    public Set<String> people() {
        return people;
    }

    @Override
    public boolean isTurns() {
        return false;
    }
}
