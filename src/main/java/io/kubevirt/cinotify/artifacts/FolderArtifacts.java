// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.artifacts.Artifacts.FetchResult;
import io.kubevirt.cinotify.http.RootCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class FolderArtifacts implements Artifacts {
    private final Path folder;

    FolderArtifacts(Path folder) {
        this.folder = folder;
    }

    @Override
    public FetchResult open(String name, long from, long maxBytes) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? new FetchResult.Refused("not a regular file")
                    : new FetchResult.Missing();
        }
        try {
            InputStream content = Files.newInputStream(file);
            content.skipNBytes(Math.min(from, Files.size(file)));
            return new FetchResult.Body(content, from, Files.size(file));
        } catch (IOException e) {
            return new FetchResult.Refused(RootCause.describe(e));
        }
    }

    @Override
    public Optional<Listing> list(String prefix) {
        Path parent = folder.resolve(prefix + "x").getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.of(new Listing(List.of(), true));
        }
        try (Stream<Path> files = Files.walk(parent)) {
            return Optional.of(new Listing(
                    files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> name.startsWith(prefix))
                            .toList(),
                    true));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
