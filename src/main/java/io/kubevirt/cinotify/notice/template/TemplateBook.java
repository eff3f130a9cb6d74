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
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The templates of all channels as one folder has them, tried out: all of them, or none. */
public final class TemplateBook {

    /** Those that come with the program. They are compiled when they are first needed: most commands need none. */
    private static final TemplateBook OURS = new TemplateBook();

    private final Map<TemplateSet, Templates> opened = new ConcurrentHashMap<>();

    private TemplateBook() {}

    /**
     * Reads, compiles and tries the operator's templates.
     *
     * @param folder with a folder for each channel; need not exist
     * @param sets of all channels
     * @throws InvalidDocument with all that is wrong with them, by file and line
     */
    public static TemplateBook read(Path folder, Collection<TemplateSet> sets) throws InvalidDocument {
        if (!Files.isDirectory(folder)) {
            return OURS;
        }
        TemplateBook book = new TemplateBook();
        List<Problem> problems = new ArrayList<>(strangers(folder, sets));
        for (TemplateSet set : sets) {
            try {
                book.opened.put(set, Templates.open(set, folder));
            } catch (InvalidDocument e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems.stream().distinct().toList());
        }
        return book;
    }

    /** The templates of a channel. */
    public Templates of(TemplateSet set) {
        return opened.computeIfAbsent(set, TemplateBook::ours);
    }

    private static Templates ours(TemplateSet set) {
        try {
            return Templates.open(set, null);
        } catch (InvalidDocument e) {
            throw new IllegalStateException("a template that comes with the program is broken", e);
        }
    }

    private static List<Problem> strangers(Path folder, Collection<TemplateSet> sets) {
        List<String> channels =
                sets.stream().map(TemplateSet::channel).distinct().toList();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !channels.contains(name))
                    .sorted()
                    .map(name -> Problem.ofFile(
                            "templates/" + name,
                            "is not the folder of a channel",
                            Nearest.to(name, channels)
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known here: " + String.join(", ", channels))))
                    .toList();
        } catch (IOException e) {
            return List.of(Problem.ofFile("templates", "cannot be listed", "mend the permissions of the folder"));
        }
    }
}
