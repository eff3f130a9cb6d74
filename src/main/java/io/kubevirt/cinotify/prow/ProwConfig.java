// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The block {@code prow}: host names and job names of this Prow deployment. */
public record ProwConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Hosts whose run pages are trusted, with http:// if not https. A status with a link to another host is"
                        + " ignored.")
        List<String> hosts,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Buckets whose artifacts are trusted: name or gs://name, s3://name, optionally with /path.")
        List<String> buckets,

        @JsonPropertyDescription(
                "GitHub logins that set Prow's statuses, such as my-robot, or my-app[bot] for an App. A status of another"
                        + " sender does not count. If empty, a status counts only once finished.json or a ProwJob confirms it.")
        List<String> logins,

        @JsonPropertyDescription(
                "Name prefixes of jobs that a plugin starts to try a change of their configuration, with the name of"
                        + " the plugin. Such runs never open an incident.")
        Map<String, String> jobPrefixes,

        @JsonPropertyDescription(
                "Jobs that a plugin generates, with the name of the plugin. They never open an incident.")
        Map<String, String> pluginJobs,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Prefix of the annotations by which a job overrides its routing: PREFIX/sig, PREFIX/area.")
        String annotationPrefix,

        @JsonPropertyDescription(
                "URL of the pages of your GitHub Enterprise server, such as https://github.example.com; github.com if"
                        + " absent. Its API is used unless --github-endpoint names another endpoint.")
        @Nullable String github) {
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\[bot\\])?");
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    public ProwConfig {
        hosts = ConfigCollections.orEmpty(hosts);
        buckets = ConfigCollections.orEmpty(buckets);
        logins = ConfigCollections.orEmpty(logins);
        jobPrefixes = ConfigCollections.orEmpty(jobPrefixes);
        pluginJobs = ConfigCollections.orEmpty(pluginJobs);
    }

    /** @throws IllegalArgumentException if a host or bucket is invalid; {@link #check} reports them */
    public TrustedHosts trustedHosts() {
        return TrustedHosts.of(hosts, buckets);
    }

    /** github.com if none is configured, or if the configured one is invalid, which {@link #check} reports. */
    public GitHubServer gitHubServer() {
        return Optional.ofNullable(github).flatMap(GitHubServer::parse).orElse(GitHubServer.PUBLIC);
    }

    /** @throws IllegalArgumentException if a prefix is empty; {@link #check} reports it */
    public PluginJobNames pluginJobNames() {
        return new PluginJobNames(jobPrefixes, pluginJobs);
    }

    /** Whether Prow sets statuses as this user, as far as the list shows. GitHub ignores case in logins. */
    public boolean isProw(String login) {
        return logins.stream().anyMatch(login::equalsIgnoreCase);
    }

    public void check(ConfigValidator check) {
        each(check, "hosts", hosts, host -> TrustedHosts.of(List.of(host), List.of()));
        each(check, "buckets", buckets, bucket -> TrustedHosts.of(List.of(), List.of(bucket)));
        for (int index = 0; index < logins.size(); index++) {
            if (!LOGIN.matches(logins.get(index))) {
                check.report(
                        "\"" + logins.get(index) + "\" is not a GitHub login",
                        "write it without @, and that of an App with [bot] and in quotes, such as \"my-app[bot]\"",
                        "logins",
                        index);
            }
        }
        if (!DNS_NAME.matches(annotationPrefix)) {
            check.report(
                    "\"" + annotationPrefix + "\" is not a valid prefix of an annotation",
                    "use a DNS name in lower case, such as ci-notify.example.org",
                    "annotationPrefix");
        }
        if (github != null && GitHubServer.parse(github).isEmpty()) {
            check.report(
                    "\"" + github + "\" is not the URL of the pages of a GitHub server",
                    "write scheme and host, such as https://github.example.com",
                    "github");
        }
        if (jobPrefixes.containsKey("")) {
            check.report("an empty prefix matches every job", "remove it", "jobPrefixes");
        }
    }

    private static void each(ConfigValidator check, String key, List<String> entries, Consumer<String> parser) {
        if (entries.isEmpty()) {
            check.report("is empty, so no run would be trusted", "add at least one entry", key);
        }
        for (int index = 0; index < entries.size(); index++) {
            try {
                parser.accept(entries.get(index));
            } catch (IllegalArgumentException e) {
                // The message is "what is wrong: how to fix it".
                String message = String.valueOf(e.getMessage());
                int colon = message.lastIndexOf(": ");
                check.report(
                        colon < 0 ? message : message.substring(0, colon),
                        colon < 0 ? "fix the entry" : message.substring(colon + 2),
                        key,
                        index);
            }
        }
    }
}
