// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;

/**
 * Where, as what and when a content is to be said.
 *
 * @param dueAt not before
 */
public record OutboxEntry(String channel, String destination, MessageForm form, Instant dueAt) {}
