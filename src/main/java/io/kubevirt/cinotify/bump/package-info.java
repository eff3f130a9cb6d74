// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Recognizes automated bump pull requests and decides which of them need somebody. */
@NullMarked
package io.kubevirt.cinotify.bump;

import org.jspecify.annotations.NullMarked;
