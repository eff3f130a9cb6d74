// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.Set;

/**
 * What restricts an incident, a run or a job.
 *
 * @param repositories those of its runs that are not public; empty if they are not known or there are none
 */
public record VisibilityScope(Visibility visibility, Set<Repository> repositories) {
    /** Restricts nothing. */
    public static final VisibilityScope PUBLIC = new VisibilityScope(Visibility.PUBLIC, Set.of());

    /** Nothing is known: only an operator, or who was chosen for private incidents, may see it. */
    public static final VisibilityScope UNKNOWN = new VisibilityScope(Visibility.UNKNOWN, Set.of());

    public VisibilityScope {
        repositories = Set.copyOf(repositories);
    }

    /** Whether it counts as private; unknown does. */
    public boolean isRestricted() {
        return visibility != Visibility.PUBLIC;
    }
}
