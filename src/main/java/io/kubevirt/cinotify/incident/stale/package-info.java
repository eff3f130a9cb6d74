// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Detects what does not happen: periodic jobs that do not start, clusters that start nothing, a silent Prow. */
@NullMarked
package io.kubevirt.cinotify.incident.stale;

import org.jspecify.annotations.NullMarked;
