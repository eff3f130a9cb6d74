// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files of the board in the program. */
final class Resources {
    private Resources() {}

    static String text(String name) {
        try (InputStream resource = Resources.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the build has no " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
