// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Reads bumps. */
public final class BumpReader {
    /** As long as ended bumps are kept. */
    private static final Duration KEPT = Duration.ofDays(92);

    private final ReadContext context;

    public BumpReader(ReadContext context) {
        this.context = context;
    }

    /** Whether the reader may see a class: one of its repositories, or it has all. */
    public boolean mayShow(BumpClass bumpClass) {
        return bumpClass.repo().isEmpty()
                || bumpClass.repo().stream()
                        .flatMap(name -> Repository.parse(name).stream())
                        .anyMatch(context::mayShow);
    }

    /** Open bumps first, then the newest. */
    public List<BumpItem> list(List<String> classes) {
        return context.transaction().bumps().current(context.now().minus(KEPT)).stream()
                .filter(bump -> classes.isEmpty() || classes.contains(bump.className()))
                .filter(bump -> context.mayShow(bump.repository()))
                .map(BumpItem::of)
                .sorted(Comparator.comparing((BumpItem bump) -> bump.endedAt() != null)
                        .thenComparing(BumpItem::openedAt, Comparator.reverseOrder()))
                .toList();
    }
}
