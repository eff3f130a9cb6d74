// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.text.Plural;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jobs that have another SIG after a reload. Jobs that are only in one of the configurations do not change. */
final class OwnerChanges {
    private static final int SHOWN = 7;

    private OwnerChanges() {}

    /**
     * {@code 12 jobs change their SIG: pull-x (network to storage), … and 5 more}; empty for no change. Jobs that are hidden, or of
     * repositories that the settings show as private, are counted: the log and the health pages are for everybody.
     */
    static Optional<String> between(Config before, Config after) {
        Map<String, String> owners = new HashMap<>();
        before.jobs()
                .all()
                .forEach(job -> owners.putIfAbsent(
                        key(job), before.diagnoser().route(job).sig()));
        Set<String> changes = new LinkedHashSet<>();
        int withheld = 0;
        for (Job job : after.jobs().all()) {
            String old = owners.remove(key(job));
            String now = after.diagnoser().route(job).sig();
            if (old == null || old.equals(now)) {
                continue;
            }
            if (job.hidden() || after.visibility(job.repository(), Visibility.UNKNOWN) == Visibility.PRIVATE) {
                withheld++;
            } else {
                changes.add(job.lane() + " (" + old + " to " + now + ")");
            }
        }
        int count = changes.size() + withheld;
        return count == 0
                ? Optional.empty()
                : Optional.of(Plural.grouped(count, "job")
                        + (count == 1 ? " changes its SIG: " : " change their SIG: ")
                        + Stream.of(
                                        changes.isEmpty() ? "" : Plural.first(SHOWN, List.copyOf(changes)),
                                        withheld == 0 ? "" : withheld + " private")
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(", and ")));
    }

    /** Entries for several branches have one name and repository, and one owner. */
    private static String key(Job job) {
        return job.type() + " " + job.repository() + " " + job.name();
    }
}
