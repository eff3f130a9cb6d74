// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;

/** The identity of an incident, which survives a replay even if the incident turns out to have begun earlier. */
public record IncidentIdentity(String id, IncidentKind kind, String subject, Instant openedAt) {}
