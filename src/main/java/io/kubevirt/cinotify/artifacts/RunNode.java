// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import org.jspecify.annotations.Nullable;

/**
 * The node of the pod of a run.
 *
 * @param name unique only within its cluster
 * @param cluster alias of the build cluster; null if unknown
 */
public record RunNode(String name, @Nullable String cluster) {}
