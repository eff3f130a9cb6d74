// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Pages people by PagerDuty when nobody answers. */
@NullMarked
package io.kubevirt.cinotify.notify.pagerduty;

import org.jspecify.annotations.NullMarked;
