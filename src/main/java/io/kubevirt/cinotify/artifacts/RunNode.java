// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import org.jspecify.annotations.Nullable;

/**
 * The node that a run's pod was on.
 *
 * @param name unique in its cluster only
 * @param cluster the alias of the build cluster; null if the run does not tell
 */
public record RunNode(String name, @Nullable String cluster) {}
