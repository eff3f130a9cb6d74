// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Notifies in channels of Microsoft Teams. */
@NullMarked
package io.kubevirt.cinotify.notify.teams;

import org.jspecify.annotations.NullMarked;
