// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tests that failed in a run, as far as they are known.
 *
 * @param names as the report has them, Ginkgo's tags within; none where nothing is known
 */
public record FailingTests(List<String> names) {

    /** Nothing is known of the tests. */
    public static final FailingTests UNKNOWN = new FailingTests(List.of());

    private static final Pattern TAG = Pattern.compile("\\[sig-([a-z0-9][a-z0-9.-]*)\\]");

    /** Ginkgo reports what runs before and after all tests as if it were one. */
    private static final Pattern SUITE = Pattern.compile("(?i)\\b(Synchronized|Report)?(Before|After)Suite\\b");

    /** Copies the names. */
    public FailingTests {
        names = List.copyOf(names);
    }

    /**
     * How many tests belong to each SIG.
     *
     * @param sig short name
     * @param failures at least one
     */
    record SigCount(String sig, int failures) {
        @Override
        public String toString() {
            return sig + " (" + failures + ")";
        }
    }

    /** The SIGs that the tests name in their tags, that of the most tests first; of as many, the one named first. */
    List<SigCount> countsBySig(SigNames sigs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        names.stream()
                .filter(name -> !isSuite(name))
                .flatMap(name -> sigsOf(name, sigs).stream())
                .forEach(sig -> counts.merge(sig, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> new SigCount(count.getKey(), count.getValue()))
                .sorted(Comparator.comparingInt(SigCount::failures).reversed())
                .toList();
    }

    /** Whether the run died before or after its tests, none of which failed. */
    public boolean areSetupOnly() {
        return !names.isEmpty() && names.stream().allMatch(FailingTests::isSuite);
    }

    private static boolean isSuite(String name) {
        return SUITE.matcher(name).find();
    }

    private static Set<String> sigsOf(String name, SigNames sigs) {
        Set<String> found = new LinkedHashSet<>();
        Matcher tags = TAG.matcher(name.toLowerCase(Locale.ROOT));
        while (tags.find()) {
            sigs.resolve(tags.group(1)).ifPresent(found::add);
        }
        return found;
    }
}
