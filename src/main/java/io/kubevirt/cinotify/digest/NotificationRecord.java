// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.Instant;

/**
 * A message that interrupted a person.
 *
 * @param person the handle
 * @param incident what it was about
 */
public record NotificationRecord(Instant at, String person, String incident) {}
