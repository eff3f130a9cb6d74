// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Meeting digests: incidents, lanes, bumps and open issues of a period. */
@NullMarked
package io.kubevirt.cinotify.digest;

import org.jspecify.annotations.NullMarked;
