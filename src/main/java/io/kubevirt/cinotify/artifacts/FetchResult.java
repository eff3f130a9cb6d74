// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.io.InputStream;
import java.time.Duration;

/** The response of a store to the request for a file. */
public sealed interface FetchResult {

    /**
     * The file, or the requested part of it.
     *
     * @param from offset of the content within the file
     * @param total size of the file; negative if the store does not report it
     */
    record Body(InputStream content, long from, long total) implements FetchResult {}

    /** The file does not exist. */
    record Missing() implements FetchResult {}

    /** The store denies access. Some stores answer the same for a file that does not exist. */
    record Denied(String reason) implements FetchResult {}

    /** The file cannot be read from this store; a retry does not help. */
    record Refused(String reason) implements FetchResult {}

    /**
     * The store is unreachable or failing.
     *
     * @param retryAfter delay that the store asks for; zero if it asks for none
     */
    record Unreachable(String reason, Duration retryAfter) implements FetchResult {}
}
