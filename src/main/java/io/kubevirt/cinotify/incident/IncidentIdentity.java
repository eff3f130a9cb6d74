// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;

/** What identifies an incident while events are replayed: its id stays the same even if it turns out to have begun earlier. */
public record IncidentIdentity(String id, IncidentKind kind, String subject, Instant openedAt) {}
