// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Keeps what changed, and asks the ranking for the incidents of lanes. */
@NullMarked
package io.kubevirt.cinotify.engine.suspect;

import org.jspecify.annotations.NullMarked;
