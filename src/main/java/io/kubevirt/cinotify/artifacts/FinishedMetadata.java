// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import org.jspecify.annotations.Nullable;

/**
 * The content of {@code finished.json} (prow-contract §8).
 *
 * @param result in upper case: SUCCESS, FAILURE, ABORTED, ERROR; empty if absent
 * @param passed null if absent
 * @param writtenByCrier true if crier wrote the file because the pod did not end properly
 */
public record FinishedMetadata(String result, @Nullable Boolean passed, boolean writtenByCrier) {}
