// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where Prow uploads the artifacts of a run: {@code gcs_configuration} of a decoration config. A component that is not
 * set is null, so that one configuration can override another.
 */
public record GcsConfiguration(
        @Nullable Bucket bucket,
        @Nullable String pathPrefix,
        @Nullable PathStrategy pathStrategy,
        @Nullable String defaultOrg,
        @Nullable String defaultRepo,
        @Nullable String jobUrlPrefix) {
    public static final GcsConfiguration NONE = new GcsConfiguration(null, null, null, null, null, null);

    /** How the directory of a presubmit names the repository. */
    public enum PathStrategy {
        /** Always {@code org_repo}. */
        EXPLICIT,
        /** Nothing for the default repository, {@code repo} within the default organization, else {@code org_repo}. */
        LEGACY,
        /** Nothing for the default repository, else {@code org_repo}. */
        SINGLE
    }

    /** This configuration, with what the other one does not set. */
    GcsConfiguration orElse(GcsConfiguration defaults) {
        return new GcsConfiguration(
                or(defaults, GcsConfiguration::bucket),
                or(defaults, GcsConfiguration::pathPrefix),
                or(defaults, GcsConfiguration::pathStrategy),
                or(defaults, GcsConfiguration::defaultOrg),
                or(defaults, GcsConfiguration::defaultRepo),
                or(defaults, GcsConfiguration::jobUrlPrefix));
    }

    private <T> @Nullable T or(GcsConfiguration defaults, Function<GcsConfiguration, @Nullable T> component) {
        T own = component.apply(this);
        return own == null ? component.apply(defaults) : own;
    }

    /** The artifacts of a run; empty without a bucket or build id, or if the presubmit has no repository or pull. */
    public Optional<RunDirectory> directory(JobRun run) {
        Optional<String> below = run.buildId() == null
                        || !PathName.isBuild(run.buildId())
                        || run.job().isEmpty()
                ? Optional.empty()
                : parent(run).map(parent -> parent + "/" + run.job() + "/" + run.buildId());
        try {
            return bucket == null
                    ? Optional.empty()
                    : below.map(
                            path -> new RunDirectory(bucket, Objects.requireNonNullElse(pathPrefix, "") + "/" + path));
        } catch (IllegalArgumentException notADirectory) {
            return Optional.empty();
        }
    }

    private Optional<String> parent(JobRun run) {
        return switch (run.type()) {
            case POSTSUBMIT, PERIODIC -> Optional.of("logs");
            case BATCH -> Optional.of("pr-logs/pull/batch");
            case PRESUBMIT ->
                Optional.ofNullable(run.repository())
                        .filter(repository -> !run.pulls().isEmpty())
                        .map(repository -> String.join(
                                "/",
                                List.of(
                                        "pr-logs/pull",
                                        owner(repository),
                                        String.valueOf(run.pulls().getFirst().number()))));
        };
    }

    /** The part of the directory of a presubmit that names its repository; empty for the default one. */
    String owner(Repository repository) {
        boolean inDefaultOrg = repository.org().equals(defaultOrg);
        boolean isDefault = inDefaultOrg && repository.name().equals(defaultRepo);
        return switch (pathStrategy) {
            case SINGLE -> isDefault ? "" : joined(repository);
            case LEGACY -> isDefault ? "" : inDefaultOrg ? repository.name() : joined(repository);
            case EXPLICIT -> joined(repository);
            case null -> joined(repository);
        };
    }

    /** The organization of Gerrit is a URL, and its repositories have slashes. */
    static String joined(Repository repository) {
        String org = withoutScheme(repository.org());
        while (org.endsWith("/")) {
            org = org.substring(0, org.length() - 1);
        }
        return org + "_" + repository.name().replace('/', '_');
    }

    static String withoutScheme(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? url : url.substring(scheme + 3);
    }

    /** The default repository; null unless both parts of it are set. */
    @Nullable Repository defaultRepository() {
        return defaultOrg == null || defaultRepo == null ? null : new Repository(defaultOrg, defaultRepo);
    }
}
