// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Optional;

/** What came of reading an address. */
public sealed interface RunUrlParseResult {

    /** It is the page of a run. */
    record Found(RunUrl url) implements RunUrlParseResult {}

    /** It is not, or must not be believed. */
    record Rejected(RunUrlRejection reason) implements RunUrlParseResult {}

    /** The run's address, if it is one. */
    default Optional<RunUrl> found() {
        return this instanceof Found found ? Optional.of(found.url()) : Optional.empty();
    }
}
