// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Tracks bump pull requests from webhooks and GitHub's API. */
@NullMarked
package io.kubevirt.cinotify.engine.bump;

import org.jspecify.annotations.NullMarked;
