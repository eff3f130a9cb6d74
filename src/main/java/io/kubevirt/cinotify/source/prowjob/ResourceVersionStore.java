// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.source.JournalUnavailableException;
import java.util.Optional;

/** Stores the resource version up to which the journal is complete. */
public interface ResourceVersionStore {

    /** Empty until the first list is complete. */
    Optional<String> resourceVersion() throws JournalUnavailableException;

    /** Saves, or throws and keeps the previous version. */
    void save(String resourceVersion) throws JournalUnavailableException;
}
