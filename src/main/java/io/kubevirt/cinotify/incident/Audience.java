// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;

/** Who can read an output. Every output has one, and {@link VisibilityPolicy} decides what it may show. */
public sealed interface Audience {
    /** Everybody: public channels and repositories, metrics, log, health. The audience of an output that is not marked. */
    Audience PUBLIC = new Everybody();

    /** People who were chosen for private incidents: a destination that is marked private, or the owner of an incident. */
    Audience PRIVATE = new Chosen();

    /** Who can read the store anyway. */
    Audience OPERATOR = new Operator();

    /** See {@link #PUBLIC}. */
    record Everybody() implements Audience {}

    /** See {@link #PRIVATE}. */
    record Chosen() implements Audience {}

    /** See {@link #OPERATOR}. */
    record Operator() implements Audience {}

    /**
     * Who can read a repository, and so its issues and pull requests.
     *
     * @param visibility of the repository; in a public one, hidden jobs stay hidden
     */
    record Readers(Repository repository, Visibility visibility) implements Audience {}
}
