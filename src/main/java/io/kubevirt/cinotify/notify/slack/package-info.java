// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Notifies in messages and threads on Slack, and takes its buttons. */
@NullMarked
package io.kubevirt.cinotify.notify.slack;

import org.jspecify.annotations.NullMarked;
