/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.settings.SettingsLoader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The settings in force: a changed file takes their place if all is good; a broken one is reported, and they stay. */
public final class LiveSettings {

    private static final Logger LOG = Logger.getLogger(LiveSettings.class);

    private final SettingsLoader loader;
    private final InstantSource clock;
    private volatile Settings settings;
    private volatile List<Problem> problems = List.of();
    private volatile Reloads reloads;

    /**
     * How reading went.
     *
     * @param taken how often new settings were taken since the start
     * @param refused how often they were not
     * @param takenAt when the settings in force were taken
     */
    record Reloads(long taken, long refused, Instant takenAt) {}

    /** @throws InvalidDocument if there is nothing good to begin with */
    public LiveSettings(SettingsLoader loader, InstantSource clock) throws InvalidDocument {
        this.loader = loader;
        this.clock = clock;
        this.settings = loader.load();
        this.reloads = new Reloads(0, 0, clock.instant());
        settings.jobs().problems().forEach(problem -> LOG.warnf("job configuration: %s", problem));
    }

    /** The last good ones. */
    public Settings get() {
        return settings;
    }

    /** What is wrong with the files as they are now; none if the settings in force are the newest. */
    public List<Problem> problems() {
        return problems;
    }

    /** What the job configuration in force has left out because it could not be read. */
    public List<Problem> tolerated() {
        return settings.jobs().problems();
    }

    Reloads reloads() {
        return reloads;
    }

    /** Looks whether the files have changed, and takes them if they are good. Never throws for what they are like. */
    public synchronized void refresh() {
        try {
            if (loader.hasChanged()) {
                take(loader.load());
            }
        } catch (InvalidDocument e) {
            refuse(e.problems());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("the settings brought the program down", e);
            refuse(List.of(Problem.ofFile(
                    SettingsLoader.FILE,
                    "or one of its documents brought the program down (" + e + ")",
                    "take the last change back, and report it with the document")));
        }
    }

    /** Prow owns the job configuration and may use words that are unknown here; a change must not add any. */
    private void take(Settings read) throws InvalidDocument {
        Set<String> known = tolerated().stream().map(LiveSettings::withoutLine).collect(Collectors.toSet());
        List<Problem> added = read.jobs().problems().stream()
                .filter(problem -> !known.contains(withoutLine(problem)))
                .toList();
        if (!added.isEmpty()) {
            throw new InvalidDocument(added);
        }
        settings = read;
        problems = List.of();
        reloads = new Reloads(reloads.taken() + 1, reloads.refused(), clock.instant());
        LOG.info("the settings have been read again");
    }

    private static String withoutLine(Problem problem) {
        return problem.file() + " " + problem.problem();
    }

    private void refuse(List<Problem> found) {
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problem -> LOG.errorf("settings refused, the last good ones stay: %s", problem));
        problems = found;
        reloads = new Reloads(reloads.taken(), reloads.refused() + 1, reloads.takenAt());
    }
}
