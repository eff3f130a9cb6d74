// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The model of incidents: events, decisions, notifications, thresholds. */
@NullMarked
package io.kubevirt.cinotify.incident;

import org.jspecify.annotations.NullMarked;
