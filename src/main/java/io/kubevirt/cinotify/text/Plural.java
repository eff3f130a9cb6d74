// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

/** Counted things in messages for people. */
public final class Plural {
    private Plural() {}

    /** {@code 1 lane}, {@code 2 lanes}; for a thing with a regular plural. */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** {@code once}, {@code 2 times}. */
    public static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }
}
