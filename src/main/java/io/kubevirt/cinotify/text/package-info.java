// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Words for people. */
@NullMarked
package io.kubevirt.cinotify.text;

import org.jspecify.annotations.NullMarked;
