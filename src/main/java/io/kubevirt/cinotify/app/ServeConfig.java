// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How this process was deployed: the options of {@code serve}, under Prow's names (prow-contract §4). */
@ConfigMapping(prefix = "ci-notify")
public interface ServeConfig {

    /** The folder of the settings file and its documents. */
    @WithDefault("config")
    Path configDir();

    /** The folder of Prow's job configuration. */
    Optional<Path> jobConfigPath();

    /** The folder of the embedded store. */
    @WithDefault("data")
    Path dataDir();

    /** The address of a PostgreSQL database, in place of the embedded store; it may hold a password. */
    Optional<String> databaseUrl();

    /** The file with the password of the PostgreSQL database. */
    Optional<Path> databasePasswordFile();

    /** How long one waits who finds the embedded store held by another. */
    @WithDefault("5S")
    Duration storeBusyTimeout();

    /** The file with the key or keys of the webhooks. */
    @WithDefault("/etc/webhook/hmac")
    Path hmacSecretFile();

    /** Whether the plugin must not start without a key for webhooks: it has no other door, or a file was named. */
    @WithDefault("true")
    boolean webhooksRequired();

    /** The paths at which webhooks are taken; help is at each with {@code /help} after it. */
    @WithDefault("/")
    List<String> endpoints();

    /** The deck whose runs are polled; absent for none. */
    Optional<String> deck();

    /** The namespace of the ProwJobs that are watched; absent for none. */
    Optional<String> prowjobNamespace();

    /** Access to the cluster of the ProwJobs; absent for that of the pod or of kubectl. */
    Optional<Path> kubeconfig();

    /** GitHub's API, tried in order; absent for GitHub itself. */
    Optional<List<URI>> githubEndpoints();

    /** The file with GitHub's token; absent for none. */
    Optional<Path> githubTokenPath();

    /** The id of the GitHub App, which goes before a token; absent for none. */
    Optional<String> githubAppId();

    /** The file with the App's private key. */
    Optional<Path> githubAppPrivateKeyPath();

    /** Slack's Web API, or a proxy for it. */
    @WithDefault("https://slack.com/api/")
    URI slackEndpoint();

    /** The file with the token of Slack's app; absent for no Slack. */
    Optional<Path> slackTokenFile();

    /** Where artifacts are read, in place of the address in the settings. */
    Optional<String> artifactsEndpoint();

    /** Whether to show what would be said instead of saying it. */
    @WithDefault("true")
    boolean dryRun();

    /** The port of the webhooks, only to be shown. */
    @WithDefault("9900")
    int port();

    /** The port of health and metrics, only to be shown. */
    @WithDefault("8081")
    int healthPort();

    /** By how much the clock goes before or after; no option, but a property of the JVM, for whoever tries how clocks matter. */
    @WithDefault("0s")
    Duration clockOffset();

    /** The least level that is logged. */
    @WithDefault("INFO")
    String logLevel();

    /** {@code json} for one object a line, as Prow's components log; {@code text} for people. */
    @WithDefault("text")
    String logFormat();

    /** Files whose content must not reach the log. */
    Optional<List<Path>> secretFiles();

    /** How long the way out may take, for what was taken in to be finished. */
    @WithDefault("20s")
    Duration gracePeriod();
}
