// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Instant;

/**
 * An event as a source received it, not yet interpreted: a webhook with a valid signature, or the state of a ProwJob.
 *
 * <p>Two deliveries are the same if their ids are equal; do not compare the records.
 *
 * @param id GUID of a webhook ({@code X-GitHub-Delivery}), which a redelivery repeats; name and state of a ProwJob
 * @param body the bytes that GitHub signed, or the used fields of a status or ProwJob; not copied, so do not modify it
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 25 MB: a defensive copy would double the memory for a burst.
public record Delivery(String id, String event, Instant receivedAt, byte[] body) {}
