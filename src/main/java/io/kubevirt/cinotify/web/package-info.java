// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The board's own listener: pages, API, events and buttons. Nothing listens unless it is configured. */
@NullMarked
package io.kubevirt.cinotify.web;

import org.jspecify.annotations.NullMarked;
