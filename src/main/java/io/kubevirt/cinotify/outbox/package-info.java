// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Sends what is due: one row for each message and destination, claimed, sent, recorded. */
@NullMarked
package io.kubevirt.cinotify.outbox;

import org.jspecify.annotations.NullMarked;
