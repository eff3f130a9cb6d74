// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Ranks what changed between the last green and the first red run of a lane, and says nothing unless something stands out. */
@NullMarked
package io.kubevirt.cinotify.suspect;

import org.jspecify.annotations.NullMarked;
