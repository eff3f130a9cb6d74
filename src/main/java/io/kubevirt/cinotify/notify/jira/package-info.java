// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Notifies in issues on Jira. */
@NullMarked
package io.kubevirt.cinotify.notify.jira;

import org.jspecify.annotations.NullMarked;
