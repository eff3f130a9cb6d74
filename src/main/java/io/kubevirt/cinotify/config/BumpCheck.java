// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the form of the classes of bots' pull requests does not show. */
final class BumpCheck {

    private final ConfigFile file;
    private final ConfigValidator names;

    BumpCheck(ConfigFile file, ConfigValidator names) {
        this.file = file;
        this.names = names;
    }

    List<ConfigProblem> problems() {
        if (file.bumps() == null) {
            return names.problems();
        }
        names.area(file.bumps().area(), "bumps", "area");
        names.area(file.bumps().deploymentArea(), "bumps", "deploymentArea");
        duration(file.bumps().patience(), "2h", "bumps", "patience");
        duration(file.bumps().suspicion(), "24h", "bumps", "suspicion");
        List<BumpClass> classes = file.bumps().classes();
        Map<String, Integer> first = new HashMap<>();
        for (int index = 0; index < classes.size(); index++) {
            BumpClass known = classes.get(index);
            check(known, index);
            Integer other = first.putIfAbsent(known.name(), index);
            if (other != null && !known.name().isBlank()) {
                isNamedLike(known, index, other);
            }
        }
        return names.problems();
    }

    private void isNamedLike(BumpClass known, int index, Integer other) {
        names.report(
                "\"" + known.name() + "\" is the name of the class in "
                        + "line " + names.line("bumps", "classes", other, "name")
                        + " as well, and a pull request remembers only the name of its class",
                "give each class a name of its own, as " + known.name() + "-2",
                "bumps",
                "classes",
                index,
                "name");
    }

    private void check(BumpClass known, int index) {
        if (known.name().isBlank()) {
            names.report("the class has no name", "give it one", "bumps", "classes", index, "name");
        }
        if (known.author().isEmpty()) {
            names.report(
                    "class " + known.name() + " has no author, so that it would take anybody's pull requests",
                    "name the logins of the bots that open it",
                    "bumps",
                    "classes",
                    index);
        }
        if (known.head() == null && known.title() == null) {
            names.report(
                    "class " + known.name() + " takes everything that its author opens",
                    "add head or title",
                    "bumps",
                    "classes",
                    index);
        }
        names.area(known.area(), "bumps", "classes", index, "area");
        names.sig(known.sig(), "bumps", "classes", index, "sig");
        known.repositories().forEach((repository, own) -> {
            Object[] at = {"bumps", "classes", index, "repositories", repository};
            if (Repository.parse(repository).isEmpty()) {
                names.report("\"" + repository + "\" is not a repository", "write it as org/repo", at);
            }
            names.area(
                    own.area(), Stream.concat(Stream.of(at), Stream.of("area")).toArray());
            names.sig(own.sig(), Stream.concat(Stream.of(at), Stream.of("sig")).toArray());
        });
        duration(known.every(), "168h", "bumps", "classes", index, "every");
        duration(known.usually(), "24h", "bumps", "classes", index, "usually");
    }

    private void duration(@Nullable String written, String example, Object... at) {
        if (written != null
                && GoDuration.parse(written).filter(Duration::isPositive).isEmpty()) {
            names.report("\"" + written + "\" is not a duration above zero", "write it as " + example, at);
        }
    }
}
