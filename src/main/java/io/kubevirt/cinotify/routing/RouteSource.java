// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the owner of a job is stated, in the order of {@link #DEFAULT_ORDER}; {@code routing.sources} changes it. */
public enum RouteSource {
    /** PREFIX/sig and PREFIX/area of the job; overrides any other source. */
    ANNOTATION,
    /** {@code routing.rules}. */
    RULES,
    /** The annotation testgrid-dashboards. */
    TESTGRID,
    /** {@code reporter_config.slack.channel}, by {@code routing.slackChannels}. */
    SLACK,
    /** The annotation testgrid-alert-email, by {@code routing.alertEmails}. */
    EMAIL,
    /** The folders and the name of the file with the job. */
    FILE,
    /** "OWNERS:" in the description of the job. */
    DESCRIPTION,
    /** OWNERS beside the job file, or in a folder above it. */
    OWNERS,
    /** The subprojects in sigs.yaml, by the repository of the job. */
    SUBPROJECTS,
    /** {@code routing.repositories}. */
    REPOSITORIES,
    /** {@code routing.default}; always the last. */
    DEFAULT,
    /** The tags of failed tests, not the job. */
    TESTS;

    /** The sources of {@code routing.sources} if it is absent. */
    public static final List<RouteSource> DEFAULT_ORDER = Arrays.stream(values())
            .filter(RouteSource::isConfigurable)
            .toList();

    boolean isConfigurable() {
        return this != DEFAULT && this != TESTS;
    }

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
