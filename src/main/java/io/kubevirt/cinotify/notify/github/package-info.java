// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Notifies in issues and comments on GitHub. */
@NullMarked
package io.kubevirt.cinotify.notify.github;

import org.jspecify.annotations.NullMarked;
