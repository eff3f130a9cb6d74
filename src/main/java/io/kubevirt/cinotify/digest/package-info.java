// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Meeting digests: what happened, who has it, what is open. */
@NullMarked
package io.kubevirt.cinotify.digest;

import org.jspecify.annotations.NullMarked;
