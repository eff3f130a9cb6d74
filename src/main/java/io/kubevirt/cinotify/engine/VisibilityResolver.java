// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.bump.BumpPolicy;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.notify.DestinationRules;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the {@link VisibilityPolicy} with what the settings, the job configuration and webhooks show. */
public record VisibilityResolver(Config config, Transaction transaction) {
    /** Who can read a repository. */
    public Audience readersOf(Repository repository) {
        return new Audience.Readers(repository, ofRepository(repository));
    }

    /**
     * Only the person sees an answer on Slack: people outside of the group see what readers of the channel may see, for whom
     * marks are the only proof that they are not everybody.
     */
    public Audience onSlack(SlackRequest request, String person) {
        if (config.roster().member(person).isPresent()) {
            return Audience.PRIVATE;
        }
        DestinationRules rules = config.destinations();
        return Stream.of(request.channel(), request.channelName())
                .flatMap(channel -> rules.mark(SlackChannel.NAME, channel).stream())
                .findFirst()
                .orElse(Audience.PUBLIC);
    }

    public Visibility ofRepository(@Nullable Repository repository) {
        return config.visibility(
                repository,
                repository == null
                        ? Visibility.UNKNOWN
                        : transaction.visibility().ofRepository(repository));
    }

    public VisibilityScope scopeOf(Repository repository) {
        return new VisibilityScope(ofRepository(repository), Set.of(repository));
    }

    /** What restricts the runs of a job; one hidden job of its name is enough. */
    public VisibilityScope ofJob(Lane lane) {
        Repository repository = lane.repository();
        boolean hidden =
                config.jobs().named(lane.job()).stream().anyMatch(job -> job.hidden() && job.mayRunFor(repository));
        Visibility visibility = hidden ? Visibility.PRIVATE : ofRepository(repository);
        return new VisibilityScope(visibility, repository == null ? Set.of() : Set.of(repository));
    }

    /** The jobs that an output may name. */
    public JobConfig jobs(Audience audience) {
        Set<Repository> repositories = config.jobs().all().stream()
                .flatMap(job -> Stream.ofNullable(job.repository()))
                .collect(Collectors.toSet());
        Set<Repository> shown = repositories.stream()
                .filter(each -> VisibilityPolicy.mayShow(audience, scopeOf(each)))
                .collect(Collectors.toSet());
        boolean withoutRepository =
                VisibilityPolicy.mayShow(audience, new VisibilityScope(ofRepository(null), Set.of()));
        return config.jobs()
                .filter(job -> job.hidden()
                        ? VisibilityPolicy.mayShow(audience, ofJob(job.lane()))
                        : job.repository() == null ? withoutRepository : shown.contains(job.repository()));
    }

    /** The incidents that an output may show. */
    public VisibilityPolicy.Selection<IncidentView> select(Audience audience, Collection<IncidentView> incidents) {
        return VisibilityPolicy.select(
                audience, incidents, incident -> transaction.visibility().scope(incident.id()));
    }

    /** Of a new incident that is not about runs: of its conversation, or of the jobs that it names and the repositories of its bump. */
    Visibility ofNew(IncidentView incident) {
        Optional<Repository> conversation = incident.conversation() == null
                ? Optional.empty()
                : incident.repository().flatMap(Repository::parse);
        if (conversation.isPresent()) {
            return ofRepository(conversation.get());
        }
        Stream<Visibility> bumped = incident.kind() == IncidentKind.BUMP ? ofBump(incident.title()) : Stream.empty();
        return strictest(Stream.concat(bumped, incident.lanes().stream().map(this::ofAll)));
    }

    /** Unknown if the settings no longer have its class: what is stored then stays as it is. */
    private Stream<Visibility> ofBump(String title) {
        return Optional.ofNullable(config.file().bumps())
                .flatMap(bumps -> new BumpPolicy(bumps).repositoriesOf(title))
                .map(repositories -> repositories.stream().map(this::ofRepository))
                .orElseGet(() -> Stream.of(Visibility.UNKNOWN));
    }

    /** Whether everybody may read the name of a job, whatever repository it runs for. */
    boolean isPublic(String job) {
        return ofAll(job) == Visibility.PUBLIC;
    }

    private Visibility ofAll(String name) {
        List<Job> jobs = config.jobs().named(name);
        return strictest((jobs.isEmpty()
                        ? Stream.of(new Lane(null, name))
                        : jobs.stream().map(Job::lane))
                .map(lane -> ofJob(lane).visibility()));
    }

    private static Visibility strictest(Stream<Visibility> visibilities) {
        Set<Visibility> all = visibilities.collect(Collectors.toSet());
        return all.contains(Visibility.PRIVATE)
                ? Visibility.PRIVATE
                : all.contains(Visibility.UNKNOWN) ? Visibility.UNKNOWN : Visibility.PUBLIC;
    }
}
