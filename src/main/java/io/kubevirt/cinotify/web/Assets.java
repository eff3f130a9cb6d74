// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The style sheet, the script and the icon; their names change with their content, so browsers keep them. */
final class Assets {
    static final String PREFIX = "/assets/";

    private static final Map<String, String> TYPES = Map.of(
            "board.css", "text/css; charset=utf-8",
            "board.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();

    Assets() {
        TYPES.forEach((file, type) -> {
            Buffer content = Buffer.buffer(Resources.text("/board/" + file));
            CRC32 hash = new CRC32();
            hash.update(content.getBytes());
            String path = PREFIX + file.replace(".", "." + Long.toHexString(hash.getValue()) + ".");
            paths.put(file, path);
            answers.put(
                    path,
                    new Answer(
                            200,
                            content,
                            Map.of("Content-Type", type, "Cache-Control", "public, max-age=31536000, immutable")));
        });
    }

    /** The path of a file with its present name. */
    String path(String file) {
        return paths.getOrDefault(file, "");
    }

    /** Null if there is no such file. */
    @Nullable Answer find(String path) {
        return answers.get(path);
    }
}
