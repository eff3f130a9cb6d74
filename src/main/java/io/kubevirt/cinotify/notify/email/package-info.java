// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Notifies by e-mail. */
@NullMarked
package io.kubevirt.cinotify.notify.email;

import org.jspecify.annotations.NullMarked;
