// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

public final class BumpClasses {
    private final List<BumpClass> classes;
    private final Set<String> bots;

    /** The classes have unique names; the first match wins. */
    public BumpClasses(List<BumpClass> classes) {
        this.classes = List.copyOf(classes);
        this.bots = classes.stream()
                .flatMap(bumpClass -> bumpClass.author().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    public List<BumpClass> all() {
        return classes;
    }

    /** The class of a tracked bump, with the overrides of its repository; empty if the class was removed. */
    public Optional<BumpClass> classOf(TrackedBump pull) {
        return classes.stream()
                .filter(bumpClass -> bumpClass.name().equals(pull.className()))
                .findFirst()
                .map(bumpClass -> bumpClass.forRepository(pull.repository()));
    }

    public BumpClassification classify(BumpCandidate pull) {
        List<String> trace = new ArrayList<>();
        for (BumpClass bumpClass : classes) {
            switch (bumpClass.match(pull)) {
                case YES -> {
                    trace.add(reason(bumpClass, pull));
                    return new BumpClassification(
                            bumpClass.bump() ? BumpClassification.Kind.BUMP : BumpClassification.Kind.OTHER,
                            bumpClass.forRepository(pull.repository()),
                            trace);
                }
                case TITLE_CONTRADICTS ->
                    trace.add("branch " + pull.headRef() + " matches class " + bumpClass.name()
                            + ", but the title does not: not classified");
                case FOREIGN_FORK ->
                    trace.add("branch and title match class " + bumpClass.name() + ", but the fork belongs to "
                            + pull.headOwner() + ": not classified");
                case NO -> {}
            }
        }
        if (pull.author() != null && bots.contains(pull.author().toLowerCase(Locale.ROOT))) {
            trace.add(pull.author() + " is a configured bot, but the pull request matches no class");
            return new BumpClassification(BumpClassification.Kind.UNCLASSIFIED, null, trace);
        }
        trace.add(
                pull.author() == null
                        ? "the author is unknown, and the title matches no class"
                        : pull.author() + " is not a configured bot");
        return new BumpClassification(BumpClassification.Kind.HUMAN, null, trace);
    }

    private static String reason(BumpClass bumpClass, BumpCandidate pull) {
        boolean byBranch = bumpClass.head() != null && pull.headRef() != null;
        return "class " + bumpClass.name() + " by its "
                + (byBranch ? "branch " + pull.headRef() : "title (branch unknown)")
                + (pull.author() == null ? ", author unknown" : ", opened by " + pull.author());
    }

    /** The kind and the class of a pull request, and the reasons: one sentence for each step. */
    public record BumpClassification(Kind kind, @Nullable BumpClass bumpClass, List<String> trace) {
        public enum Kind {
            /** It brings in new versions: it is tracked until it is merged or closed. */
            BUMP,
            /** An automated pull request of a known class without new versions: ignored. */
            OTHER,
            /** A pull request of a configured bot that matches no class: reported once. */
            UNCLASSIFIED,
            /** A pull request of anybody else: ignored. */
            HUMAN
        }

        public BumpClassification {
            trace = List.copyOf(trace);
        }
    }
}
