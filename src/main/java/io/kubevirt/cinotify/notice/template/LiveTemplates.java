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
package io.kubevirt.cinotify.notice.template;

import io.kubevirt.cinotify.document.InvalidDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The templates in force: changed ones take their place if they are good; broken ones are reported, and the last good stay. */
public final class LiveTemplates implements Supplier<Templates> {

    private static final Logger LOG = Logger.getLogger(LiveTemplates.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TemplateSet set;
    private final Path folder;
    private final InstantSource clock;
    private Templates templates;
    private List<String> stamp;
    private Instant looked;

    /**
     * @param folder the operator's, with a folder for each channel; need not exist
     * @throws InvalidDocument if there is nothing good to begin with
     */
    public LiveTemplates(TemplateSet set, Path folder, InstantSource clock) throws InvalidDocument {
        this.set = set;
        this.folder = folder;
        this.clock = clock;
        this.stamp = stamp(folder.resolve(set.channel()));
        this.templates = Templates.open(set, folder);
        this.looked = clock.instant();
    }

    @Override
    public synchronized Templates get() {
        Instant now = clock.instant();
        if (!now.isBefore(looked.plus(PAUSE))) {
            looked = now;
            refresh();
        }
        return templates;
    }

    private void refresh() {
        List<String> found = stamp(folder.resolve(set.channel()));
        if (found.equals(stamp)) {
            return;
        }
        stamp = found;
        try {
            templates = Templates.open(set, folder);
            LOG.infof("the templates of %s have been read again", set.channel());
        } catch (InvalidDocument e) {
            e.problems().forEach(problem -> LOG.errorf("templates refused, the last good ones stay: %s", problem));
        }
    }

    private static List<String> stamp(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(LiveTemplates::stampOf).toList();
        } catch (IOException e) {
            return List.of("unreadable");
        }
    }

    private static String stampOf(Path file) {
        try {
            BasicFileAttributes target = Files.readAttributes(file, BasicFileAttributes.class);
            return file.getFileName() + " " + target.lastModifiedTime() + " " + target.size() + " " + target.fileKey();
        } catch (IOException e) {
            return file.getFileName() + " unreadable";
        }
    }
}
