// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Posts notifications as signed JSON to other programs. */
@NullMarked
package io.kubevirt.cinotify.notify.webhook;

import org.jspecify.annotations.NullMarked;
