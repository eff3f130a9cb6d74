// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Polls the ProwJobs of a deck. */
@NullMarked
package io.kubevirt.cinotify.source.deck;

import org.jspecify.annotations.NullMarked;
