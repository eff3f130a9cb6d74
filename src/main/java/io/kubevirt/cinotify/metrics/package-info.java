// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Metrics of the pipeline. */
@NullMarked
package io.kubevirt.cinotify.metrics;

import org.jspecify.annotations.NullMarked;
