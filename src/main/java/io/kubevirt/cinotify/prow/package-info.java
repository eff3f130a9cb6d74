// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Prow's vocabulary: job runs, states, descriptions, addresses, job configuration. */
@NullMarked
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.NullMarked;
