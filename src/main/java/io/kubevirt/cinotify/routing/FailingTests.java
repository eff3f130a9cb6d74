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

/** The known failed tests of a run, named as in the JUnit report, with Ginkgo's tags. */
public record FailingTests(List<String> names) {
    public static final FailingTests UNKNOWN = new FailingTests(List.of());

    /** The labels in a pair of brackets, separated by commas. */
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]+)\\]");

    private static final Pattern TAG = Pattern.compile("sig[-/]([a-z0-9][a-z0-9.-]*)");

    /** Ginkgo reports the setup and teardown of the suite as tests. */
    private static final Pattern SUITE = Pattern.compile("(?i)\\b(Synchronized|Report)?(Before|After)Suite\\b");

    /** So do kubetest and ci-operator their steps, that of the tests included. */
    private static final Pattern STEP = Pattern.compile(
            "^(kubetest\\.)?(Up|IsUp|Down|Test|Build|Stage|Extract|Prepare|Timeout|(Deferred )?TearDown( Previous)?"
                    + "|DumpClusterLogs.*|Check APIReachability|list nodes|kubectl version|diffResources)$"
                    + "|^(\\[graph\\]|Run multi-stage test|Build image|Import the release payload|Create the release image"
                    + "|Find the input image|Tag the image) ");

    private static final Pattern TEARDOWN = Pattern.compile(
            "^(kubetest\\.)?(Down|(Deferred )?TearDown)$|^Run multi-stage test .*(post phase|deprovision)");

    public FailingTests {
        names = List.copyOf(names);
    }

    record SigCount(String sig, int failures) {
        @Override
        public String toString() {
            return sig + " (" + failures + ")";
        }
    }

    /** The SIGs in the tags of the tests, the most frequent first; ties in order of occurrence. */
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

    /** Without setup, teardown and steps, unless nothing else is left. */
    public FailingTests withoutSuite() {
        return areSetupOnly()
                ? this
                : new FailingTests(names.stream().filter(name -> !isSuite(name)).toList());
    }

    /** Whether only the setup or teardown of the suite failed, or a step of its runner, and no test. */
    public boolean areSetupOnly() {
        return !names.isEmpty() && names.stream().allMatch(FailingTests::isSuite);
    }

    /** Whether only steps that remove the cluster failed. */
    public boolean areTeardownOnly() {
        return !names.isEmpty()
                && names.stream().allMatch(name -> TEARDOWN.matcher(name).find());
    }

    /** Whether only steps of the runner failed, if anything. */
    public boolean areStepsOnly() {
        return names.stream().allMatch(name -> STEP.matcher(name).find());
    }

    private static boolean isSuite(String name) {
        return SUITE.matcher(name).find() || STEP.matcher(name).find();
    }

    private static Set<String> sigsOf(String name, SigNames sigs) {
        Set<String> found = new LinkedHashSet<>();
        Matcher brackets = BRACKETS.matcher(name.toLowerCase(Locale.ROOT));
        while (brackets.find()) {
            for (String label : brackets.group(1).split("[,;|]")) {
                Matcher tag = TAG.matcher(label.strip());
                if (tag.matches()) {
                    sigs.resolve(tag.group(1)).ifPresent(found::add);
                }
            }
        }
        return found;
    }
}
