// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The event loop: takes deliveries from the inbox and the journal, lets the incident engine decide, and stores its decisions. */
@NullMarked
package io.kubevirt.cinotify.engine;

import org.jspecify.annotations.NullMarked;
