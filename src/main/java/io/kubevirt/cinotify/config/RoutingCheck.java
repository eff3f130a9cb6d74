// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.routing.RoutingRule;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the names in the settings mean something: areas, SIGs, rules. */
final class RoutingCheck {

    private final ConfigFile file;
    private final ConfigValidator names;

    RoutingCheck(ConfigFile file, ConfigValidator names) {
        this.file = file;
        this.names = names;
    }

    List<ConfigProblem> problems() {
        ConfigFile.Routing routing = file.routing();
        if (file.areas().isEmpty()) {
            names.report("there is no area, but every incident has one", "name the areas of your group", "areas");
            return names.problems();
        }
        names.area(routing.fallback().area(), "routing", "default", "area");
        names.sig(routing.fallback().sig(), "routing", "default", "sig");
        file.diagnosis().areas().forEach((cause, area) -> names.area(area, "diagnosis", "areas", cause.value()));
        if (file.timeliness() != null) {
            ConfigFile.ProblemAreas areas = file.timeliness().areas();
            names.area(areas.missingRun(), "timeliness", "areas", "missingRun");
            names.area(areas.stalledCluster(), "timeliness", "areas", "stalledCluster");
            names.area(areas.silentProw(), "timeliness", "areas", "silentProw");
        }
        if (routing.sigAliases() != null) {
            routing.sigAliases().forEach((alias, sig) -> names.sig(sig, "routing", "sigAliases", alias));
        }
        if (routing.repositories() != null) {
            routing.repositories().forEach((repository, owner) -> {
                names.sig(owner.sig(), "routing", "repositories", repository, "sig");
                names.area(owner.area(), "routing", "repositories", repository, "area");
            });
        }
        rules(routing.rules() == null ? List.of() : routing.rules());
        return names.problems();
    }

    private void rules(List<RoutingRule> rules) {
        Set<String> given = new HashSet<>();
        for (int index = 0; index < rules.size(); index++) {
            RoutingRule rule = rules.get(index);
            if (rule.name().isBlank()) {
                names.report(
                        "the rule has no name, so that no trace can say that it decided",
                        "give it one",
                        "routing",
                        "rules",
                        index,
                        "name");
            } else if (!given.add(rule.name())) {
                names.report(
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
            names.report(
                    "rule \"" + rule.name() + "\" has no condition, so that none after it is ever asked",
                    "add job, repo, type, cluster or env, or use default",
                    "routing",
                    "rules",
                    index);
        }
        if (!rule.sig().equals(RoutingRule.CAPTURED_SIG)) {
            names.sig(rule.sig(), "routing", "rules", index, "sig");
        } else if (!rule.capturesSig()) {
            names.report(
                    "rule \"" + rule.name() + "\" takes its SIG from a group (?P<sig>…) that it does not have",
                    "put the group into its job pattern or into one of env",
                    "routing",
                    "rules",
                    index,
                    "sig");
        }
        names.area(rule.area(), "routing", "rules", index, "area");
    }
}
