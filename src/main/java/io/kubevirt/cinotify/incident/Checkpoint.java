// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;

/**
 * How things stood.
 *
 * @param at up to when things had been counted
 * @param state the packed detection state
 */
public record Checkpoint(Instant at, String state) {}
