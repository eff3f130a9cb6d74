// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.text.Plural;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs that have another SIG after a reload. Jobs that are only in one of the configurations do not change. */
final class OwnerChanges {
    private static final int SHOWN = 7;

    private OwnerChanges() {}

    /** {@code 12 jobs change their SIG: pull-x (network to storage), … and 5 more}; empty for no change. */
    static Optional<String> between(Config before, Config after) {
        Map<String, String> owners = new HashMap<>();
        before.jobs()
                .all()
                .forEach(job -> owners.putIfAbsent(
                        key(job), before.diagnoser().route(job).sig()));
        Set<String> changes = new LinkedHashSet<>();
        for (Job job : after.jobs().all()) {
            String old = owners.remove(key(job));
            String now = after.diagnoser().route(job).sig();
            if (old != null && !old.equals(now)) {
                changes.add(job.lane() + " (" + old + " to " + now + ")");
            }
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(Plural.grouped(changes.size(), "job")
                        + (changes.size() == 1 ? " changes its" : " change their") + " SIG: "
                        + Plural.first(SHOWN, List.copyOf(changes)));
    }

    /** Entries for several branches have one name and repository, and one owner. */
    private static String key(Job job) {
        return job.type() + " " + job.repository() + " " + job.name();
    }
}
