// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/**
 * A job that the clock starts.
 *
 * @param job its configuration
 * @param schedule when it starts
 */
public record PeriodicJob(Job job, PeriodicSchedule schedule) {}
