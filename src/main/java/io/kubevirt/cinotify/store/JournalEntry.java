// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;

/**
 * A stored delivery.
 *
 * @param id GUID
 * @param event name of the GitHub event
 * @param body as the source delivered it
 * @param attempts failed attempts to process it
 */
public record JournalEntry(String id, String event, Instant receivedAt, byte[] body, int attempts) {}
