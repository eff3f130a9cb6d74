// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import org.jspecify.annotations.Nullable;

/**
 * What {@code finished.json} tells (prow-contract §8).
 *
 * @param result in upper case: SUCCESS, FAILURE, ABORTED, ERROR; empty if it is not told
 * @param passed null if it is not told
 * @param writtenByCrier whether Prow wrote it because the pod never did: it did not end properly
 */
public record FinishedMetadata(String result, @Nullable Boolean passed, boolean writtenByCrier) {}
