// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

/** What becomes of a run: each has exactly one in the end. */
public sealed interface RunOutcome {

    /** Nothing is said because of it. */
    record Suppressed(SuppressionReason reason) implements RunOutcome {}

    /** It led to a message; whether that is delivered, waits or is withdrawn, so is the run. */
    record Notified(String notificationId) implements RunOutcome {}

    /** It waits for some minutes whether something larger forms; another fate follows. */
    record Held() implements RunOutcome {}
}
