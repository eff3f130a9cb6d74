// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Prints notifications to a terminal or the log. */
@NullMarked
package io.kubevirt.cinotify.notify.console;

import org.jspecify.annotations.NullMarked;
