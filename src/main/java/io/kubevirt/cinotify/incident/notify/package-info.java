// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Decides who is notified of an incident, when, and what has changed since the last notification. */
@NullMarked
package io.kubevirt.cinotify.incident.notify;

import org.jspecify.annotations.NullMarked;
