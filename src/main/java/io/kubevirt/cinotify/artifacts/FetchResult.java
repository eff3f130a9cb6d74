// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.io.InputStream;
import java.time.Duration;

/** What a store answers to whoever wants a file. */
public sealed interface FetchResult {

    /**
     * The file, or the part that was asked for.
     *
     * @param from where in the file the content begins
     * @param total how long the file is; negative if the store does not say
     */
    record Body(InputStream content, long from, long total) implements FetchResult {}

    /** It is not there. */
    record Missing() implements FetchResult {}

    /** The store answers, but does not say whether it is there: some say so of whatever is missing. */
    record Denied(String why) implements FetchResult {}

    /** It cannot be had from there, however often one asks. */
    record Refused(String why) implements FetchResult {}

    /**
     * Nobody knows.
     *
     * @param retryAfter how long the store wants to be left alone; zero if it does not say
     */
    record Unreachable(String why, Duration retryAfter) implements FetchResult {}
}
