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
import java.util.List;
import org.jboss.logging.Logger;

/** The settings in force: a changed file takes their place if it is good; a broken one is reported, and they stay. */
public final class LiveSettings {

    private static final Logger LOG = Logger.getLogger(LiveSettings.class);

    private final SettingsLoader loader;
    private volatile Settings settings;
    private volatile List<Problem> problems = List.of();

    /** @throws InvalidDocument if there is nothing good to begin with */
    public LiveSettings(SettingsLoader loader) throws InvalidDocument {
        this.loader = loader;
        this.settings = loader.load();
    }

    /** The last good ones. */
    public Settings get() {
        return settings;
    }

    /** What is wrong with the files as they are now; none if the settings in force are the newest. */
    public List<Problem> problems() {
        return problems;
    }

    /** Looks whether the files have changed, and takes them if they are good. Never throws for what they are like. */
    public synchronized void refresh() {
        try {
            if (loader.hasChanged()) {
                settings = loader.load();
                LOG.info("the settings have been read again");
                problems = List.of();
            }
        } catch (InvalidDocument e) {
            refuse(e.problems());
        } catch (RuntimeException e) {
            LOG.error("the settings brought the program down", e);
            refuse(List.of(Problem.ofFile(
                    SettingsLoader.FILE,
                    "or one of its documents brought the program down (" + e + ")",
                    "take the last change back, and report it with the document")));
        }
    }

    private void refuse(List<Problem> found) {
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problem -> LOG.errorf("settings refused, the last good ones stay: %s", problem));
        problems = found;
    }
}
