// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Background work: one thread whose wake-ups are coalesced, and the order of shutdown. */
@NullMarked
package io.kubevirt.cinotify.concurrent;

import org.jspecify.annotations.NullMarked;
