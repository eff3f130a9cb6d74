// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Maps a job to its SIG and area by rules. */
@NullMarked
package io.kubevirt.cinotify.routing;

import org.jspecify.annotations.NullMarked;
