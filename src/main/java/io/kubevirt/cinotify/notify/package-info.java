// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The port of notification channels: messages, destinations, results, dry run. */
@NullMarked
package io.kubevirt.cinotify.notify;

import org.jspecify.annotations.NullMarked;
