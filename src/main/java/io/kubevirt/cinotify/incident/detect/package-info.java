// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Detects incidents from a history that is sorted by event time. */
@NullMarked
package io.kubevirt.cinotify.incident.detect;

import org.jspecify.annotations.NullMarked;
