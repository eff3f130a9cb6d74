// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.source.JournalUnavailableException;
import java.util.Optional;

/** Remembers over a restart how far the journal has seen the cluster. The door declares it, the store implements it. */
public interface ResourceVersionStore {

    /**
     * The resource version up to which the journal has everything; empty until the first list was taken in whole.
     *
     * @throws JournalUnavailableException if it cannot be read now
     */
    Optional<String> resourceVersion() throws JournalUnavailableException;

    /**
     * Everything up to this version is in the journal.
     *
     * @throws JournalUnavailableException if it could not be kept; the older one then still holds
     */
    void save(String resourceVersion) throws JournalUnavailableException;
}
