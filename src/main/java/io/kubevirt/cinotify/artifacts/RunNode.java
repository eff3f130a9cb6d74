// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import org.jspecify.annotations.Nullable;

/** The node of the pod of a run; its name is unique only within its cluster. */
public record RunNode(String name, @Nullable String cluster) {}
