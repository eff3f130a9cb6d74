// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what the settings name exists, and the problems where it does not. */
final class ConfigValidator {

    private final YamlDocument yaml;
    private final ConfigFile file;
    private final @Nullable Set<String> sigs;
    private final List<ConfigProblem> problems = new ArrayList<>();

    /** @param sigs what the SIGs are called; null if that could not be read, so that names of SIGs are not judged */
    ConfigValidator(YamlDocument yaml, ConfigFile file, @Nullable SigDirectory sigs) {
        this.yaml = yaml;
        this.file = file;
        this.sigs = sigs == null ? null : RoutingReader.sigNames(sigs);
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    void area(@Nullable String area, Object... at) {
        if (area != null) {
            known(area, "an area", file.areas().keySet(), at);
        }
    }

    void sig(@Nullable String sig, Object... at) {
        if (sigs != null && sig != null) {
            known(sig, "a SIG of " + file.roster().sigs(), sigs, at);
        }
    }

    private void known(String word, String kind, Collection<String> words, Object... at) {
        KnownNames.problemIfUnknown(yaml, word, kind, words, at).ifPresent(problems::add);
    }

    /** Where something stands, to be named in a sentence about something else. */
    String line(Object... at) {
        return "line " + yaml.line(JsonPointers.of(at));
    }

    void report(String problem, String mend, Object... at) {
        problems.add(yaml.problem(JsonPointers.of(at), problem, mend));
    }
}
