// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Replays a history of runs through the real pipeline on virtual time. */
@NullMarked
package io.kubevirt.cinotify.cli.replay;

import org.jspecify.annotations.NullMarked;
