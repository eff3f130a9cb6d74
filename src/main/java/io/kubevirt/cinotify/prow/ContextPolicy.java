// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which contexts of the last commit of a pull request Tide waits for before it merges. */
public record ContextPolicy(
        Set<String> required,
        Set<String> requiredIfPresent,
        Set<String> optional,
        List<Pattern> optionalPatterns,
        boolean skipUnknown) {
    private static final String TIDE = "tide";
    private static final String IS_OPTIONAL = "prow.k8s.io/is-optional";
    private static final String CREATED_BY_TIDE = "created-by-tide";

    /** Whether a red context blocks merging. */
    public enum Need {
        /** Also while it is absent. */
        REQUIRED,
        REQUIRED_IF_PRESENT,
        OPTIONAL,
        /** Nothing says whether it is optional. */
        UNKNOWN;

        public boolean blocks() {
            return this == REQUIRED || this == REQUIRED_IF_PRESENT;
        }

        /** Also if that is unknown, so that nothing that blocks is overlooked. */
        public boolean mayBlock() {
            return this != OPTIONAL;
        }

        /** Of the context of a presubmit; manual jobs may be required by the branch protection. */
        static Need of(Job job, boolean requireManuallyTriggered) {
            if (job.type() != JobType.PRESUBMIT || job.optional() || job.skipReport()) {
                return OPTIONAL;
            }
            boolean conditional = job.trigger().runIfChanged() || job.trigger().skipIfOnlyChanged();
            return job.trigger().alwaysRun() || (!conditional && requireManuallyTriggered)
                    ? REQUIRED
                    : REQUIRED_IF_PRESENT;
        }

        /**
         * Of a run, by its job, else by its labels. Prow does not label the runs that Tide or a rerun starts: an absent label
         * says nothing, but Tide starts no optional job.
         */
        public static Need of(JobRun run, Optional<Job> job) {
            if (job.isPresent() || run.type() != JobType.PRESUBMIT) {
                return job.map(configured -> of(configured, false)).orElse(OPTIONAL);
            }
            String label = run.labels().getOrDefault(IS_OPTIONAL, "");
            boolean byTide = Boolean.parseBoolean(run.labels().getOrDefault(CREATED_BY_TIDE, ""));
            return switch (label) {
                case "true" -> OPTIONAL;
                case "false" -> REQUIRED_IF_PRESENT;
                default -> byTide ? REQUIRED_IF_PRESENT : UNKNOWN;
            };
        }
    }

    /** @throws IllegalArgumentException if a context is in two lists: Tide has no policy then, and merges nothing */
    public ContextPolicy {
        requireDisjoint(required, optional, "required and optional");
        requireDisjoint(required, requiredIfPresent, "required and required if present");
        requireDisjoint(requiredIfPresent, optional, "required if present and optional");
        for (Pattern pattern : optionalPatterns) {
            Predicate<String> matches = context -> pattern.matcher(context).find();
            Stream.concat(required.stream(), requiredIfPresent.stream())
                    .filter(matches)
                    .sorted()
                    .findFirst()
                    .ifPresent(context -> {
                        throw new IllegalArgumentException(
                                "the optional pattern \"" + pattern + "\" matches the required context " + context);
                    });
        }
        required = Set.copyOf(required);
        requiredIfPresent = Set.copyOf(requiredIfPresent);
        optional = Set.copyOf(optional);
        optionalPatterns = List.copyOf(optionalPatterns);
    }

    private static void requireDisjoint(Set<String> one, Set<String> other, String both) {
        one.stream().filter(other::contains).sorted().findFirst().ifPresent(context -> {
            throw new IllegalArgumentException("the context " + context + " is both " + both);
        });
    }

    /** Whether a context that is not green blocks merging; by default a context that Prow does not know does, too. */
    public boolean blocks(String context) {
        if (context.equals(TIDE) || optional.contains(context)) {
            return false;
        }
        if (optionalPatterns.stream()
                .anyMatch(pattern -> pattern.matcher(context).find())) {
            return false;
        }
        return required.contains(context) || requiredIfPresent.contains(context) || !skipUnknown;
    }
}
