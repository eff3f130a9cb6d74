// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Sends due messages: one row per message and destination; claimed, sent, recorded. */
@NullMarked
package io.kubevirt.cinotify.outbox;

import org.jspecify.annotations.NullMarked;
