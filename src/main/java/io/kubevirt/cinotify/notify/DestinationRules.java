// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The destinations of single repositories, organizations and jobs; the first that matches an incident counts. */
public record DestinationRules(List<DestinationConfig> rules, JobConfig jobs) {
    /** All incidents go to the general destinations of the channels. */
    public static final DestinationRules NONE = new DestinationRules(List.of(), JobConfig.EMPTY);

    public DestinationRules {
        rules = List.copyOf(rules);
    }

    /** The destinations of an incident on a channel, given the general ones. */
    List<String> destinations(String channel, List<String> general, IncidentView incident, VisibilityScope scope) {
        Optional<String> own = rules.stream()
                .filter(rule -> rule.on(channel).isPresent() && matches(rule, incident, scope))
                .findFirst()
                .flatMap(rule -> rule.on(channel));
        if (own.isEmpty()) {
            return general.stream()
                    .filter(each -> !channel.equals(DestinationConfig.WEBHOOK)
                            || mark(channel, each).isEmpty())
                    .toList();
        }
        return switch (channel) {
            // An incident of an issue or pull request stays there; its comments are in addition to the issue.
            case DestinationConfig.GITHUB ->
                Stream.concat(
                                own.stream().filter(issues -> incident.conversation() == null),
                                general.stream().filter(each -> each.contains("#")))
                        .toList();
            // A webhook has kinds and areas of its own.
            case DestinationConfig.WEBHOOK ->
                own.stream().filter(general::contains).toList();
            default -> List.of(own.get());
        };
    }

    private boolean matches(DestinationConfig rule, IncidentView incident, VisibilityScope scope) {
        Set<Repository> repositories = scope.isRestricted()
                ? scope.repositories()
                : incident.repository().flatMap(Repository::parse).stream().collect(Collectors.toSet());
        return rule.matches(repositories, incident.lanes(), condition -> incident.lanes().stream()
                .allMatch(lane -> anyJob(lane, condition)));
    }

    private boolean anyJob(String name, Predicate<Job> condition) {
        return jobs.named(name).stream().anyMatch(condition);
    }

    /** Who can read a destination, if the settings say so; public if they say both. */
    public Optional<Audience> mark(String channel, String destination) {
        Set<Visibility> marks = rules.stream()
                .filter(rule -> rule.on(channel).filter(destination::equals).isPresent())
                .map(DestinationConfig::visibility)
                .collect(Collectors.toSet());
        return marks.isEmpty()
                ? Optional.empty()
                : Optional.of(marks.equals(Set.of(Visibility.PRIVATE)) ? Audience.PRIVATE : Audience.PUBLIC);
    }
}
