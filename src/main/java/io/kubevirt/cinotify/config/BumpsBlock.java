// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.bump.BumpClasses;
import io.kubevirt.cinotify.bump.BumpRules;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pull requests that bots open.
 *
 * @param area the area that is told of pull requests of no class
 * @param classes in order; the first that fits decides
 * @param deploymentArea the area that is told of merged bumps that do not come into service; that of {@code area} if null
 * @param patience how long something may be tried again before anybody is told
 * @param suspicion for how long after its merge a bump may be the reason of what breaks
 * @param repositories whose open pull requests are read at the start and each hour
 */
public record BumpsBlock(
        @JsonProperty(required = true)
        @JsonPropertyDescription("The area that is told, once, of a known bot's pull request that is of no class.")
        String area,

        @JsonPropertyDescription("First match wins, so that what is told apart stands in its place among the others.")
        List<BumpClass> classes,

        @JsonPropertyDescription(
                "The area that is told if a merged bump does not come into service; the same as area if absent.")
        @Nullable String deploymentArea,

        @JsonPropertyDescription(
                "How long a failed job may be tried again, a conflict may stand, a deployment may not begin or not end, before anybody is told, as 2h; 2h if absent.")
        @Nullable String patience,

        @JsonPropertyDescription(
                "For how long after its merge a bump may be the reason of what breaks, as 24h; 24h if absent.")
        @Nullable String suspicion,

        @JsonPropertyDescription(
                "Repositories, as org/repo, whose open pull requests are read at the start and each hour, for what no webhook told.")
        List<Repository> repositories) {

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration SUSPICION = Duration.ofHours(24);

    /** Copies the lists; absent ones become empty. */
    public BumpsBlock {
        classes = classes == null ? List.of() : List.copyOf(classes);
        repositories = repositories == null ? List.of() : List.copyOf(repositories);
    }

    /** What the watch over bumps goes by. */
    public BumpRules rules() {
        return new BumpRules(
                new BumpClasses(classes),
                area,
                deploymentArea == null ? area : deploymentArea,
                time(patience, PATIENCE),
                time(suspicion, SUSPICION));
    }

    private static Duration time(@Nullable String written, Duration otherwise) {
        return Optional.ofNullable(written).flatMap(GoDuration::parse).orElse(otherwise);
    }
}
