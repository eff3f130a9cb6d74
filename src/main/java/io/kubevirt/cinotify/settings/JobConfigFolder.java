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
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prow's job configuration on disk: a folder as in the repository, or a mounted ConfigMap whose keys are the files'
 * names and whose values may be compressed.
 */
public final class JobConfigFolder {

    private JobConfigFolder() {}

    /**
     * Reads every YAML file below a folder. Files that cannot be read are problems of the result.
     *
     * @throws InvalidDocument if there is no such folder
     */
    public static JobConfig read(Path folder) throws InvalidDocument {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDocument(Problem.ofFile(
                    folder.toString(), "there is no such folder of job configuration", "mend --job-config-path"));
        }
        // Every command waits for this, and no file knows of another.
        return JobConfig.of(
                files(folder).parallelStream().map(file -> read(folder, file)).toList());
    }

    private static JobConfigFile read(Path folder, Path file) {
        String name = folder.relativize(file).toString();
        try {
            return JobConfigFile.parse(name, Files.readAllBytes(file));
        } catch (IOException e) {
            return new JobConfigFile(
                    name, List.of(), List.of(Problem.ofFile(name, "cannot be read", "check its permissions")));
        }
    }

    private static List<Path> files(Path folder) throws InvalidDocument {
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return tree.filter(file -> isYaml(file.getFileName().toString()))
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDocument(Problem.ofFile(
                    folder.toString(),
                    "cannot be read",
                    "check that nothing in it links to itself, and its permissions"));
        }
    }

    private static boolean isYaml(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** A mounted ConfigMap keeps each file three times: below ..data, below a time stamp, and as a link to the first. */
    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith("..")) {
                return true;
            }
        }
        return false;
    }
}
