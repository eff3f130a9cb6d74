// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The incident engine: detection and notification over one history. */
@NullMarked
package io.kubevirt.cinotify.incident.engine;

import org.jspecify.annotations.NullMarked;
