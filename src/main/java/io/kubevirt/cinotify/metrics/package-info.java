// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Metrics: counts of runs, diagnoses, incidents and deliveries, and the version of the build. */
@NullMarked
package io.kubevirt.cinotify.metrics;

import org.jspecify.annotations.NullMarked;
