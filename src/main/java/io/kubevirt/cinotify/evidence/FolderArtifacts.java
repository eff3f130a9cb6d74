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
package io.kubevirt.cinotify.evidence;

import io.kubevirt.cinotify.intake.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a run in a folder: a copy that somebody has made. */
final class FolderArtifacts implements Artifacts {

    private final Path folder;

    FolderArtifacts(Path folder) {
        this.folder = folder;
    }

    @Override
    public Answer open(String name, long from, long most) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? new Answer.Refused("it is no ordinary file")
                    : new Answer.Missing();
        }
        try {
            InputStream content = Files.newInputStream(file);
            content.skipNBytes(Math.min(from, Files.size(file)));
            return new Answer.Body(content, from, Files.size(file));
        } catch (IOException e) {
            return new Answer.Refused(Reason.of(e));
        }
    }

    @Override
    public Optional<List<String>> list(String prefix) {
        Path within = folder.resolve(prefix);
        Path parent = within.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.of(List.of());
        }
        try (Stream<Path> names = Files.list(parent)) {
            return Optional.of(names.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
