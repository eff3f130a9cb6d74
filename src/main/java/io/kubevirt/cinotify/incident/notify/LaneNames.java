// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.LaneName;
import io.kubevirt.cinotify.incident.LaneTitle;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Names lanes so that no two incidents that may be open together have the same name, except that the name of one that everybody
 * may see does not show whether there is another one.
 */
record LaneNames(List<LaneTitle> titles) {
    /**
     * The shortest name that no other incident has. A second incident of a lane is named with its failure class.
     *
     * @param counts whether the name of another incident may change this one
     */
    String unique(LaneIncident lane, Collection<ResponseState> others, Predicate<ResponseState> counts) {
        GroupKey key = lane.groupKey();
        String family = key.family().name();
        String name = titles.stream()
                .filter(title -> title.job().matcher(family).find()
                        || lane.lanes().stream()
                                .anyMatch(job -> title.job().matcher(job).find()))
                .map(LaneTitle::title)
                .findFirst()
                .orElseGet(() -> LaneName.of(key.repository(), family));
        if (key.failureClass() != null) {
            name += " " + key.failureClass();
        }
        String typed = key.type().prowName() + " " + name;
        return Stream.of(name, key.repository() + " " + name, typed, key.repository() + " " + typed)
                .filter(candidate -> others.stream()
                        .noneMatch(other -> candidate.equals(other.name())
                                && !other.identity().subject().equals(lane.subject())
                                && counts.test(other)))
                .findFirst()
                .orElse(family + " " + lane.id());
    }
}
