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
import io.kubevirt.cinotify.document.YamlDocument;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The folder of the settings file and of the documents that it names. */
final class ConfigFolder {

    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws InvalidDocument if there is no such file, or it is not text */
    String text(String name) throws InvalidDocument {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidDocument(Problem.ofFile(
                    file.toString(), "there is no such file", "put it there, or name another folder with --config"));
        } catch (CharacterCodingException e) {
            throw new InvalidDocument(Problem.ofFile(file.toString(), "is not text in UTF-8", "save it as UTF-8"));
        } catch (IOException e) {
            throw new InvalidDocument(
                    Problem.ofFile(file.toString(), "cannot be read", "check that it is a file, and its permissions"));
        }
    }

    /** @throws InvalidDocument if there is no such file, or it is not YAML */
    YamlDocument yaml(String name) throws InvalidDocument {
        return YamlDocument.parse(name, text(name));
    }
}
