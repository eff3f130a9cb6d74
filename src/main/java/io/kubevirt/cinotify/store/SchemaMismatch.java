// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

/** The tables were written by another version of ci-notify, which this one must not touch. */
public final class SchemaMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private SchemaMismatch(String message) {
        super(message);
    }

    static SchemaMismatch newer(String found) {
        return new SchemaMismatch("the store has schema " + found + ", but this version of ci-notify knows only up to "
                + SchemaVersion.CURRENT + ": run the version that wrote it or a newer one, or restore the backup from"
                + " before the upgrade; there is no downgrade");
    }

    static SchemaMismatch older(int found) {
        return new SchemaMismatch("the store has schema " + found + ", but this version of ci-notify needs "
                + SchemaVersion.CURRENT + ": start \"ci-notify serve\" once, it migrates the store");
    }
}
