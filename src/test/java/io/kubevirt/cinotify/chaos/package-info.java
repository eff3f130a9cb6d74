// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The real plugin, killed again and again, and what people see in the end. */
@NullMarked
package io.kubevirt.cinotify.chaos;

import org.jspecify.annotations.NullMarked;
