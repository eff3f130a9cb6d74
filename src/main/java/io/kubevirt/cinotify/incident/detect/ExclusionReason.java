// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

/** Why a red run does not count for its lane: something larger explains it, or it is over. */
enum ExclusionReason {
    /** One pull request with many red lanes. */
    STORM,
    /** An outage. */
    OUTAGE,
    /** The same commit passed as well. */
    FLAKE,
    /** A sick node. */
    NODE,
    /** It belonged to an incident that has ended: opening again takes fresh failures. */
    CLOSED
}
