// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Notifies in channels of Mattermost. */
@NullMarked
package io.kubevirt.cinotify.notify.mattermost;

import org.jspecify.annotations.NullMarked;
