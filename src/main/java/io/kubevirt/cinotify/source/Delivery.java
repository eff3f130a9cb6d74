// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Instant;

/**
 * One thing that a door took in, uninterpreted: a webhook whose signature was found genuine, or the state of a ProwJob.
 *
 * <p>Two deliveries are the same if their ids are (design, section 4), so never compare these records as a whole.
 *
 * @param id of a webhook GitHub's GUID from {@code X-GitHub-Delivery}, which a redelivery repeats; of a ProwJob its name
 *     and state
 * @param event GitHub's name of the event, such as {@code status}, or {@link ProwJobSummary#EVENT}
 * @param receivedAt when the last byte of it was read
 * @param body the very bytes that GitHub signed, or the excerpt of the ProwJob; not copied, so nobody may write into them
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 25 MB: a defensive copy or a wrapper would double what a burst costs.
public record Delivery(String id, String event, Instant receivedAt, byte[] body) {}
