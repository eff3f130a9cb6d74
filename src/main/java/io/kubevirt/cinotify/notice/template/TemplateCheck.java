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
import java.util.List;
import java.util.stream.Stream;

/** Tries the operator's templates of all channels. */
public final class TemplateCheck {

    private TemplateCheck() {}

    /**
     * All that is wrong with them.
     *
     * @param folder with a folder for each channel; need not exist
     */
    public static List<Problem> problems(Path folder) {
        List<Problem> problems = new ArrayList<>(strangers(folder));
        for (TemplateSet set : TemplateSet.all()) {
            try {
                Templates.open(set, folder);
            } catch (InvalidDocument e) {
                problems.addAll(e.problems());
            }
        }
        return problems;
    }

    private static List<Problem> strangers(Path folder) {
        List<String> channels =
                TemplateSet.all().stream().map(TemplateSet::channel).toList();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
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
