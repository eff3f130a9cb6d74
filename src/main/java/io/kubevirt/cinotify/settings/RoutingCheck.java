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

import io.kubevirt.cinotify.diagnosis.RoutingRule;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the names in the settings mean something: areas, SIGs, rules. */
final class RoutingCheck {

    private final YamlDocument yaml;
    private final SettingsFile file;
    private final @Nullable Set<String> sigs;
    private final List<Problem> problems = new ArrayList<>();

    /** @param sigs what the SIGs are called; null if that could not be read, so that names of SIGs are not judged */
    RoutingCheck(YamlDocument yaml, SettingsFile file, @Nullable SigDirectory sigs) {
        this.yaml = yaml;
        this.file = file;
        this.sigs = sigs == null ? null : RoutingReader.sigNames(sigs);
    }

    List<Problem> problems() {
        SettingsFile.Routing routing = file.routing();
        if (file.areas().isEmpty()) {
            report("areas: there is none, but every incident has one", "name the areas of your group", "areas");
            return problems;
        }
        area(routing.fallback().area(), "routing", "default", "area");
        sig(routing.fallback().sig(), "routing", "default", "sig");
        file.diagnosis().areas().forEach((cause, area) -> area(area, "diagnosis", "areas", cause.word()));
        if (file.timeliness() != null) {
            SettingsFile.TimelinessAreas areas = file.timeliness().areas();
            area(areas.missingRun(), "timeliness", "areas", "missingRun");
            area(areas.stalledCluster(), "timeliness", "areas", "stalledCluster");
            area(areas.silentProw(), "timeliness", "areas", "silentProw");
        }
        if (routing.sigAliases() != null) {
            routing.sigAliases().forEach((alias, sig) -> sig(sig, "routing", "sigAliases", alias));
        }
        if (routing.repositories() != null) {
            routing.repositories().forEach((repository, owner) -> {
                sig(owner.sig(), "routing", "repositories", repository, "sig");
                area(owner.area(), "routing", "repositories", repository, "area");
            });
        }
        rules(routing.rules() == null ? List.of() : routing.rules());
        return problems;
    }

    private void rules(List<RoutingRule> rules) {
        Set<String> names = new HashSet<>();
        for (int index = 0; index < rules.size(); index++) {
            RoutingRule rule = rules.get(index);
            if (rule.name().isBlank()) {
                report(
                        "the rule has no name, so that no trace can say that it decided",
                        "give it one",
                        "routing",
                        "rules",
                        index,
                        "name");
            } else if (!names.add(rule.name())) {
                report(
                        "two rules are called \"" + rule.name() + "\"",
                        "give each a name of its own",
                        "routing",
                        "rules",
                        index,
                        "name");
            }
            conditionAndTarget(rule, index);
        }
    }

    private void conditionAndTarget(RoutingRule rule, int index) {
        if (rule.isUnconditional()) {
            report(
                    "rule \"" + rule.name() + "\" has no condition, so that none after it is ever asked",
                    "add job, repo, type, cluster or env, or use default",
                    "routing",
                    "rules",
                    index);
        }
        if (!rule.sig().equals(RoutingRule.CAPTURED_SIG)) {
            sig(rule.sig(), "routing", "rules", index, "sig");
        } else if (!rule.capturesSig()) {
            report(
                    "rule \"" + rule.name() + "\" takes its SIG from a group (?P<sig>…) that it does not have",
                    "put the group into its job pattern or into one of env",
                    "routing",
                    "rules",
                    index,
                    "sig");
        }
        area(rule.area(), "routing", "rules", index, "area");
    }

    private void area(@Nullable String area, Object... at) {
        if (area != null) {
            known(area, "an area", file.areas().keySet(), at);
        }
    }

    private void sig(String sig, Object... at) {
        if (sigs != null) {
            known(sig, "a SIG of " + file.roster().sigs(), sigs, at);
        }
    }

    private void known(String word, String kind, Collection<String> words, Object... at) {
        KnownWords.unknown(yaml, word, kind, words, at).ifPresent(problems::add);
    }

    private void report(String problem, String mend, Object... at) {
        problems.add(yaml.problem(Pointers.of(at), problem, mend));
    }
}
