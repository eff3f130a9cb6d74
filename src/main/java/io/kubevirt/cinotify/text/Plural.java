// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

import java.util.List;
import java.util.Locale;

/** Counted things in messages for people. */
public final class Plural {
    private Plural() {}

    /** {@code 1 lane}, {@code 2 lanes}; for a thing with a regular plural. */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** {@code 1 job}, {@code 6,079 jobs}; for counts that may be large. */
    public static String grouped(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s", count, thing) + (count == 1 ? "" : "s");
    }

    /** {@code a, b and 5 more}: at most so many names of a list. */
    public static String first(int most, List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(most, names.size())));
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }

    /** {@code once}, {@code 2 times}. */
    public static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }
}
