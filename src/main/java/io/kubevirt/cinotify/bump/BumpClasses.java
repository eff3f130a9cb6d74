// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the pull requests of bots apart. */
public final class BumpClasses {

    private final List<BumpClass> classes;
    private final Set<String> bots;

    /** @param classes each with a name of its own; asked in their order, the first that fits decides */
    public BumpClasses(List<BumpClass> classes) {
        this.classes = List.copyOf(classes);
        this.bots = classes.stream()
                .flatMap(known -> known.author().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All of them, in order. */
    public List<BumpClass> all() {
        return classes;
    }

    /** The one of a pull request that was recognised before, as it is in its repository; empty if it is no more. */
    public Optional<BumpClass> classOf(TrackedBump pull) {
        return classes.stream()
                .filter(known -> known.name().equals(pull.className()))
                .findFirst()
                .map(known -> known.forRepository(pull.repository()));
    }

    /** What a pull request is. */
    public BumpClassification classify(BumpCandidate pull) {
        List<String> trace = new ArrayList<>();
        for (BumpClass known : classes) {
            switch (known.match(pull)) {
                case YES -> {
                    trace.add(reason(known, pull));
                    return new BumpClassification(
                            known.isBump() ? BumpClassification.Kind.BUMP : BumpClassification.Kind.OTHER,
                            known.forRepository(pull.repository()),
                            trace);
                }
                case TITLE_CONTRADICTS ->
                    trace.add("the branch " + pull.headRef() + " is that of " + known.name()
                            + ", the title is not: it is not taken for one");
                case FOREIGN_FORK ->
                    trace.add("branch and title are those of " + known.name() + ", but the fork is " + pull.headOwner()
                            + "'s: it is not taken for one");
                case NO -> {}
            }
        }
        if (pull.author() != null && bots.contains(pull.author().toLowerCase(Locale.ROOT))) {
            trace.add(pull.author() + " is a bot that the settings know, and the pull request is of no class");
            return new BumpClassification(BumpClassification.Kind.UNCLASSIFIED, null, trace);
        }
        trace.add(
                pull.author() == null
                        ? "nobody knows who opened it, and its title is of no class"
                        : pull.author() + " is no bot that the settings know");
        return new BumpClassification(BumpClassification.Kind.HUMAN, null, trace);
    }

    private static String reason(BumpClass known, BumpCandidate pull) {
        boolean byBranch = known.head() != null && pull.headRef() != null;
        return "class " + known.name() + " by its "
                + (byBranch ? "branch " + pull.headRef() : "title, as its branch is not known")
                + (pull.author() == null ? "; nobody knows who opened it" : ", opened by " + pull.author());
    }
}
