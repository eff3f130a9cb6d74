// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.util.Set;

/**
 * The ProwJobs that the plugin has seen and not seen end. A source that lists all ProwJobs compares them with its list:
 * Prow deletes ProwJobs, and a deleted one never ends.
 */
@FunctionalInterface
public interface UnfinishedProwJobs {
    /** Names; ask before the list is requested, so that each of them is older than the list. */
    Set<String> names() throws JournalUnavailableException;
}
