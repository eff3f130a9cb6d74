// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

/** What is done at a place. */
enum SendAction {
    /** Writes a root, or what stands by itself. */
    POST,
    /** Makes the root show what is so now. */
    EDIT,
    /** Writes below the root. */
    REPLY,
    /** Only looks whether a root is there that may have been written, by its row or by one that was given up. */
    FIND_ROOT,
    /** Shows what will be said later. */
    ANNOUNCE,
    /** Shows that it will not. */
    RETRACT
}
