// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;

/**
 * A delivery that waits to be understood.
 *
 * @param id its GUID
 * @param event the name of the GitHub event
 * @param receivedAt when it came
 * @param body the very bytes
 * @param attempts how often understanding it has failed
 */
public record JournalEntry(String id, String event, Instant receivedAt, byte[] body, int attempts) {}
