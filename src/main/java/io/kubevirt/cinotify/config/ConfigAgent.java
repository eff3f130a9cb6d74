// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The settings in force: a changed file takes their place if all is good; a broken one is reported, and they stay. */
public final class ConfigAgent {
    private static final Logger LOG = Logger.getLogger(ConfigAgent.class);

    private final ConfigLoader loader;
    private final InstantSource clock;
    private volatile Config config;
    private Set<String> knownDefects;
    private volatile List<ConfigProblem> problems = List.of();
    private volatile ReloadStats reloads;
    private volatile Optional<String> ownerChanges = Optional.empty();
    private final UnreadableUrls unreadableUrls = new UnreadableUrls();

    /**
     * Statistics of reloads since the start.
     *
     * @param lastSuccessAt when the configuration in force was loaded
     */
    public record ReloadStats(long succeeded, long failed, Instant lastSuccessAt) {}

    /** @throws InvalidConfigException if the configuration is invalid */
    public ConfigAgent(ConfigLoader loader, InstantSource clock) throws InvalidConfigException {
        this.loader = loader;
        this.clock = clock;
        this.config = loader.load();
        this.knownDefects = withoutLines(defects(config));
        this.reloads = new ReloadStats(0, 0, clock.instant());
        prowProblems().forEach(problem -> LOG.warnf("Prow's configuration: %s", problem));
    }

    /** The last valid configuration. */
    public Config get() {
        return config;
    }

    /** The problems of the files; none if the configuration in force is the latest. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** The problems of Prow's configuration in force; the affected jobs and keys are ignored. */
    public List<ConfigProblem> prowProblems() {
        return prowProblems(config).toList();
    }

    /** What does not make a configuration invalid, but must not come with a reload. */
    private static List<ConfigProblem> defects(Config config) throws InvalidConfigException {
        return Stream.concat(prowProblems(config), new CompletenessCheck(config.folder(), config).errors().stream())
                .toList();
    }

    private static Stream<ConfigProblem> prowProblems(Config config) {
        return Stream.concat(config.prow().problems().stream(), config.jobs().problems().stream());
    }

    /** What the last reload changed in the SIGs of jobs, as a sentence; empty for nothing. */
    public Optional<String> ownerChanges() {
        return ownerChanges;
    }

    /** The URLs that the configuration in force cannot read. */
    public UnreadableUrls unreadableUrls() {
        return unreadableUrls;
    }

    public ReloadStats reloads() {
        return reloads;
    }

    /** Reloads the files if they have changed. Invalid files are rejected and reported. */
    public synchronized void refresh() {
        try {
            if (loader.hasChanged()) {
                apply(loader.load());
            }
        } catch (InvalidConfigException e) {
            reject(e.problems());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("reloading the configuration failed", e);
            reject(List.of(ConfigProblem.ofFile(
                    ConfigLoader.FILE,
                    "reloading this file or one of its documents failed: " + e,
                    "revert the last change, and report it as a bug with the document")));
        }
    }

    /** Prow owns its configuration and may use keys that are unknown here; a reload must not add problems or placeholders. */
    private void apply(Config read) throws InvalidConfigException {
        List<ConfigProblem> found = defects(read);
        List<ConfigProblem> added = found.stream()
                .filter(problem -> !knownDefects.contains(withoutLine(problem)))
                .toList();
        if (!added.isEmpty()) {
            throw new InvalidConfigException(added);
        }
        ownerChanges = OwnerChanges.between(config, read);
        config = read;
        knownDefects = withoutLines(found);
        unreadableUrls.reset();
        problems = List.of();
        reloads = new ReloadStats(reloads.succeeded() + 1, reloads.failed(), clock.instant());
        LOG.info("configuration reloaded"
                + ownerChanges.map(changes -> ": " + changes).orElse(""));
    }

    private static Set<String> withoutLines(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigAgent::withoutLine).collect(Collectors.toSet());
    }

    private static String withoutLine(ConfigProblem problem) {
        return problem.file() + " " + problem.problem();
    }

    private void reject(List<ConfigProblem> found) {
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(
                        problem -> LOG.errorf("reload failed, the previous configuration stays in force: %s", problem));
        problems = found;
        reloads = new ReloadStats(reloads.succeeded(), reloads.failed() + 1, reloads.lastSuccessAt());
    }
}
