// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block {@code suspects}: how changes before the first red of a lane are weighed. Shares are percentages. */
@SuppressWarnings("NullAway") // An absent key arrives as null; the constructor puts its default.
public record SuspectConfig(
        @JsonPropertyDescription("Whether messages name suspects.")
        Boolean enabled,

        @JsonPropertyDescription("The posterior probability from which a change is shown as a possible cause.")
        Integer possible,

        @JsonPropertyDescription("The posterior probability from which it is shown as a likely cause.")
        Integer likely,

        @JsonPropertyDescription(
                "How many lanes break because of a merge to their own repository, all candidates together.")
        Integer mergePrior,

        @JsonPropertyDescription("How many lanes break because their definition changed.")
        Integer definitionPrior,

        @JsonPropertyDescription(
                "How many lanes break because something else broke, such as an outage; the rest are flakes.")
        Integer outagePrior,

        @JsonPropertyDescription("Prefixes of paths that decide how a cluster is deployed in a lane.")
        List<String> deploymentPaths,

        @JsonPropertyDescription("Names of files and prefixes of paths that decide how the repository is built.")
        List<String> buildFiles,

        @JsonPropertyDescription(
                "Other weights of evidence, by its name in docs/suspects.md. Change them only on the verdicts of people.")
        Map<String, Weight> weights) {
    /** The defaults. */
    public static final SuspectConfig DEFAULTS =
            new SuspectConfig(null, null, null, null, null, null, null, null, null);

    /** Fills in the defaults. */
    public SuspectConfig {
        enabled = enabled == null || enabled;
        possible = possible == null ? 50 : possible;
        likely = likely == null ? 80 : likely;
        mergePrior = mergePrior == null ? 10 : mergePrior;
        definitionPrior = definitionPrior == null ? 7 : definitionPrior;
        outagePrior = outagePrior == null ? 35 : outagePrior;
        deploymentPaths = deploymentPaths == null
                ? List.of("manifests/", "hack/cluster-", "images/", "cluster-up/")
                : ConfigCollections.orEmpty(deploymentPaths);
        buildFiles = buildFiles == null
                ? List.of("WORKSPACE", "go.mod", "go.sum", "BUILD.bazel", "Makefile", "vendor/", "rpm/", "hack/")
                : ConfigCollections.orEmpty(buildFiles);
        weights = ConfigCollections.orEmpty(weights);
    }

    /**
     * How much a piece of evidence counts.
     *
     * @param ratio how much more often a culprit has it than an innocent change
     */
    public record Weight(
            @JsonPropertyDescription("How much more often a culprit has it than an innocent change; above 0.") @Nullable Double ratio,

            @JsonPropertyDescription("What messages say about a change that has it.") @Nullable String reason) {}

    public void check(ConfigValidator check) {
        check.percentage(possible, "possible");
        check.percentage(likely, "likely");
        if (likely < possible) {
            check.report("likely is below possible", "raise likely, or lower possible", "likely");
        }
        if (mergePrior + definitionPrior + outagePrior >= 100
                || Math.min(Math.min(mergePrior, definitionPrior), outagePrior) < 1) {
            check.report(
                    "mergePrior, definitionPrior and outagePrior leave nothing for flakes",
                    "choose three shares from 1 that add up to less than 100",
                    "mergePrior");
        }
        List<String> known =
                Arrays.stream(EvidenceKind.values()).map(EvidenceKind::value).toList();
        weights.forEach((name, weight) -> {
            check.oneOf(name, "evidence", known, "weights", name);
            if (weight != null && weight.ratio() != null && !(weight.ratio() > 0)) {
                check.report(
                        "the ratio of " + name + " is not above 0", "use a number such as 5 or 0.2", "weights", name);
            }
        });
    }

    Factor factor(EvidenceKind kind) {
        return factor(kind, false);
    }

    /** @param halved for a change so large that it matches by chance */
    Factor factor(EvidenceKind kind, boolean halved) {
        Weight weight = weights.get(kind.value());
        double ratio = weight == null || weight.ratio() == null ? kind.ratio() : weight.ratio();
        String reason = weight == null || weight.reason() == null ? kind.reason() : weight.reason();
        return new Factor(kind, halved ? Math.max(1, ratio / 2) : ratio, reason);
    }

    /** One piece of evidence and its weight. */
    public record Factor(EvidenceKind kind, double ratio, String reason) {}
}
