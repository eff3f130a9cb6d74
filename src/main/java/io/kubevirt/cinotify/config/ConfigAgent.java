// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The settings in force: a changed file takes their place if all is good; a broken one is reported, and they stay. */
public final class ConfigAgent {

    private static final Logger LOG = Logger.getLogger(ConfigAgent.class);

    private final ConfigLoader loader;
    private final InstantSource clock;
    private volatile Config config;
    private volatile List<ConfigProblem> problems = List.of();
    private volatile ReloadStats reloads;

    /**
     * How reading went.
     *
     * @param succeeded how often new settings were taken since the start
     * @param failed how often they were not
     * @param lastSuccessAt when the settings in force were taken
     */
    public record ReloadStats(long succeeded, long failed, Instant lastSuccessAt) {}

    /** @throws InvalidConfigException if there is nothing good to begin with */
    public ConfigAgent(ConfigLoader loader, InstantSource clock) throws InvalidConfigException {
        this.loader = loader;
        this.clock = clock;
        this.config = loader.load();
        this.reloads = new ReloadStats(0, 0, clock.instant());
        config.jobs().problems().forEach(problem -> LOG.warnf("job configuration: %s", problem));
    }

    /** The last good ones. */
    public Config get() {
        return config;
    }

    /** What is wrong with the files as they are now; none if the settings in force are the newest. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** What the job configuration in force has left out because it could not be read. */
    public List<ConfigProblem> jobConfigProblems() {
        return config.jobs().problems();
    }

    public ReloadStats reloads() {
        return reloads;
    }

    /** Looks whether the files have changed, and takes them if they are good. Never throws for what they are like. */
    public synchronized void refresh() {
        try {
            if (loader.hasChanged()) {
                apply(loader.load());
            }
        } catch (InvalidConfigException e) {
            reject(e.problems());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("the settings brought the program down", e);
            reject(List.of(ConfigProblem.ofFile(
                    ConfigLoader.FILE,
                    "or one of its documents brought the program down (" + e + ")",
                    "take the last change back, and report it with the document")));
        }
    }

    /** Prow owns the job configuration and may use words that are unknown here; a change must not add any. */
    private void apply(Config read) throws InvalidConfigException {
        Set<String> known =
                jobConfigProblems().stream().map(ConfigAgent::withoutLine).collect(Collectors.toSet());
        List<ConfigProblem> added = read.jobs().problems().stream()
                .filter(problem -> !known.contains(withoutLine(problem)))
                .toList();
        if (!added.isEmpty()) {
            throw new InvalidConfigException(added);
        }
        config = read;
        problems = List.of();
        reloads = new ReloadStats(reloads.succeeded() + 1, reloads.failed(), clock.instant());
        LOG.info("the settings have been read again");
    }

    private static String withoutLine(ConfigProblem problem) {
        return problem.file() + " " + problem.problem();
    }

    private void reject(List<ConfigProblem> found) {
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problem -> LOG.errorf("settings refused, the last good ones stay: %s", problem));
        problems = found;
        reloads = new ReloadStats(reloads.succeeded(), reloads.failed() + 1, reloads.lastSuccessAt());
    }
}
