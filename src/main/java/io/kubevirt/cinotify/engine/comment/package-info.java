// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Processes comments with commands. */
@NullMarked
package io.kubevirt.cinotify.engine.comment;

import org.jspecify.annotations.NullMarked;
