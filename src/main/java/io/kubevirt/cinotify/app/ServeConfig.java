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

/** The options of {@code serve}, under Prow's names (prow-contract §4). */
@ConfigMapping(prefix = "ci-notify")
public interface ServeConfig {
    @WithDefault("config")
    Path configDir();

    Optional<Path> jobConfigPath();

    /** Prow's config.yaml. */
    Optional<Path> configFile();

    @WithDefault("data")
    Path dataDir();

    /** A PostgreSQL database instead of the embedded store; the URL may contain a password. */
    Optional<String> databaseUrl();

    Optional<Path> databasePasswordFile();

    /** How long a statement waits for another process that holds the embedded store. */
    @WithDefault("5S")
    Duration storeBusyTimeout();

    @WithDefault("/etc/webhook/hmac")
    Path hmacSecretFile();

    /** Whether the start fails without a webhook secret: there is no other event source, or a file was given. */
    @WithDefault("true")
    boolean webhooksRequired();

    /** The paths in plugins.yaml; not used, because every path takes webhooks. */
    @WithDefault("/")
    List<String> endpoints();

    /** The decks that are polled; empty for none. */
    Optional<List<URI>> decks();

    Optional<String> prowjobNamespace();

    /** The kubeconfig for the ProwJobs; empty for the default of the pod or of kubectl. */
    Optional<Path> kubeconfig();

    /** GitHub API endpoints, tried in order; empty for api.github.com. */
    Optional<List<URI>> githubEndpoints();

    Optional<Path> githubTokenPath();

    /** The id of the GitHub App, which takes precedence over a token; empty for none. */
    Optional<String> githubAppId();

    Optional<Path> githubAppPrivateKeyPath();

    @WithDefault("https://slack.com/api/")
    URI slackEndpoint();

    Optional<Path> slackTokenFile();

    /** The object store with the artifacts, instead of the configured one. */
    Optional<String> artifactsEndpoint();

    @WithDefault("true")
    boolean dryRun();

    /** The port of the webhooks; only logged here. */
    @WithDefault("9900")
    int port();

    /** The port of health and metrics; only logged here. */
    @WithDefault("8081")
    int healthPort();

    /** The port of the board; empty for no board. */
    Optional<Integer> boardPort();

    @WithDefault("127.0.0.1")
    String boardHost();

    /** The address of the board for people. */
    Optional<URI> boardUrl();

    /** The header in which a proxy in front of the board names the user. */
    Optional<String> boardUserHeader();

    /** The secret with which that proxy proves itself. */
    Optional<Path> boardProxySecretFile();

    /** The client id and secret with which people sign in with GitHub. */
    Optional<Path> boardOauthFile();

    /** The keys that sign the sessions of those who sign in with GitHub. */
    Optional<Path> boardCookieSecretFile();

    /** The sites whose pages may show the board in a frame. */
    Optional<List<URI>> boardEmbedIn();

    /** Shifts the clock of the machine; a JVM property for tests, not an option. */
    @WithDefault("0s")
    Duration clockOffset();

    /** Shifts the time that all replicas share; a JVM property for tests, not an option. */
    @WithDefault("0s")
    Duration clockAdvance();

    @WithDefault("INFO")
    String logLevel();

    /** {@code json} for one object a line, as Prow's components log; {@code text} for people. */
    @WithDefault("text")
    String logFormat();

    /** How long the shutdown may take to finish accepted work. */
    @WithDefault("20s")
    Duration gracePeriod();
}
