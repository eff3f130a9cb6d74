// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Templates of messages, and one way to escape text for each channel. */
@NullMarked
package io.kubevirt.cinotify.notify.template;

import org.jspecify.annotations.NullMarked;
