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
    ANNOTATION("annotation"),
    /** {@code routing.rules}. */
    RULES("routing rule"),
    /** The annotation testgrid-dashboards. */
    TESTGRID("testgrid dashboards"),
    /** {@code reporter_config.slack.channel}, by {@code routing.slackChannels}. */
    SLACK("Slack channel of the job"),
    /** The annotation testgrid-alert-email, by {@code routing.alertEmails}. */
    EMAIL("alert address of the job"),
    /** "OWNER:" in the annotation description. */
    DESCRIPTION("description of the job"),
    /** The folders and the name of the file with the job. */
    FILE("job file"),
    /** OWNERS beside the job file, or in a folder above it. */
    OWNERS("OWNERS file"),
    /** The subprojects in sigs.yaml, by the repository of the job. */
    SUBPROJECTS("subprojects of sigs.yaml"),
    /** {@code routing.repositories}. */
    REPOSITORIES("repository"),
    /** {@code routing.default}; always the last. */
    DEFAULT("default"),
    /** The tags of failed tests, not the job. */
    TESTS("failing-tests");

    /** The sources of {@code routing.sources} if it is absent. */
    public static final List<RouteSource> DEFAULT_ORDER =
            Arrays.stream(values()).filter(RouteSource::isConfigurable).toList();

    private final String title;

    RouteSource(String title) {
        this.title = title;
    }

    /** In traces, in place of the name of a rule. */
    String title() {
        return title;
    }

    boolean isConfigurable() {
        return this != DEFAULT && this != TESTS;
    }

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
