// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * The line of a log that tells why a run failed, or where no line tells, the one with which it failed.
 *
 * @param index its place among the known lines, from 0
 * @param text the line
 * @param rule what it means; null if nobody knows
 */
public record CauseLine(int index, String text, @Nullable LineRule rule) {}
