// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The files that Prow skips: those that a {@code .prowignore} in their folder or above names, as git's ignore files do. */
final class ProwIgnore {
    static final String FILE = ".prowignore";

    private final List<Rule> rules = new ArrayList<>();

    /** @param files all ignore files below the folder; those of deeper folders take precedence */
    ProwIgnore(Path folder, List<Path> files) throws IOException {
        for (Path file : files) {
            Path home = folder.relativize(file.resolveSibling("x")).getParent();
            for (String line : Files.readAllLines(file)) {
                add(home == null ? "" : home + "/", line.stripTrailing());
            }
        }
    }

    private void add(String home, String line) {
        boolean negated = line.startsWith("!");
        boolean onlyFolders = line.endsWith("/");
        String pattern =
                line.substring(negated ? 1 : 0, Math.max(negated ? 1 : 0, line.length() - (onlyFolders ? 1 : 0)));
        if (pattern.isEmpty() || line.startsWith("#")) {
            return;
        }
        boolean anywhere = !pattern.contains("/");
        String glob = (anywhere ? "**/" : "") + (pattern.startsWith("/") ? pattern.substring(1) : pattern);
        String braces = glob.replace("{", "\\{").replace("}", "\\}");
        String any = ("/" + braces).replace("/**/", "/{**/,}").substring(1);
        try {
            rules.add(new Rule(FileSystems.getDefault().getPathMatcher("glob:" + home + any), negated, onlyFolders));
        } catch (PatternSyntaxException e) {
            // Git ignores such a line, too.
            return;
        }
    }

    /** @param file relative to the folder */
    boolean ignores(Path file) {
        for (int names = 1; names <= file.getNameCount(); names++) {
            if (isIgnored(file.subpath(0, names), names < file.getNameCount())) {
                return true;
            }
        }
        return false;
    }

    /** The last rule that matches decides. */
    private boolean isIgnored(Path path, boolean folder) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if ((folder || !rule.onlyFolders) && rule.matcher.matches(path)) {
                ignored = !rule.negated;
            }
        }
        return ignored;
    }

    private record Rule(PathMatcher matcher, boolean negated, boolean onlyFolders) {}
}
