// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The folder with the configuration file and its documents. */
final class ConfigFolder {
    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws InvalidConfigException if there is no such file, or it is not text */
    String text(String name) throws InvalidConfigException {
        Path file = folder.resolve(name);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(name)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(file.toString(), "is not UTF-8", "save it as UTF-8"));
        }
    }

    /** @throws InvalidConfigException if there is no such file */
    byte[] bytes(String name) throws InvalidConfigException {
        Path file = folder.resolve(name);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file.toString(), "there is no such file", "put it there, or name another folder with --config"));
        } catch (IOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file.toString(), "cannot be read", "check that it is a file, and its permissions"));
        }
    }

    /** @throws InvalidConfigException if there is no such file, or it is not YAML */
    YamlDocument yaml(String name) throws InvalidConfigException {
        return YamlDocument.parse(name, text(name));
    }
}
