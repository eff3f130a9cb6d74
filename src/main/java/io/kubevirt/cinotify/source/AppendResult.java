// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

/** What the journal says about a delivery that it was handed. Either way the delivery is on disk. */
public enum AppendResult {
    /** Seen for the first time; it is stored and will be worked on. */
    APPENDED,
    /** Its identity is known from before: a redelivery. Nothing was stored a second time. */
    DUPLICATE
}
