// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.bump.BumpClasses;
import io.kubevirt.cinotify.diagnosis.BreadthConfig;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.digest.DigestConfig;
import io.kubevirt.cinotify.digest.DigestSchedule;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.notify.DestinationRules;
import io.kubevirt.cinotify.notify.TestIssueConfig;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.TemplateRegistry;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.ProwSettings;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterDocument;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.Cause;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force: the file, and what was built from it and its documents. The rest of the program never reads
 * the files.
 *
 * @param folder of the file; paths in it are relative to this folder
 * @param runUrls reads the URLs of runs on trusted hosts
 * @param prow Prow's own configuration
 * @param jobs Prow's job configuration; empty if there is none
 * @param rosterDocument the group's table; without rows if there is none
 * @param memberOverrides the details of {@code roster.members}
 * @param roster who is on call
 * @param sigs the chairs and leads of the SIGs
 * @param aliases OWNERS_ALIASES
 */
public record Config(
        Path folder,
        ConfigFile file,
        RunUrlReader runUrls,
        ProwSettings prow,
        JobConfig jobs,
        Diagnoser diagnoser,
        RosterDocument rosterDocument,
        MemberOverrides memberOverrides,
        Roster roster,
        SigDirectory sigs,
        OwnersAliases aliases,
        Links links,
        DigestSchedule digests,
        TemplateRegistry templates) {
    /** Issues and comments on GitHub; disabled without a block. */
    public GitHubConfig github() {
        return file.github() == null ? GitHubConfig.DISABLED : file.github();
    }

    /** Null for no issues. */
    public @Nullable TestIssueConfig testIssues() {
        return github().testIssues();
    }

    /** The configuration of the incident engine. */
    public EngineConfig incidentRules() {
        return new EngineConfig(thresholds(), roster, sigs, sharedArea(), file.titles());
    }

    /** Of a repository, if no webhook shows it. */
    public Visibility visibility(Repository repository) {
        return visibility(repository, Visibility.UNKNOWN);
    }

    /**
     * Of a repository: its own entry first. Only that makes public what is shown as private; an entry for more repositories
     * may have been written before there was a private one.
     *
     * @param repository null for jobs without one
     * @param shown by webhooks
     */
    public Visibility visibility(@Nullable Repository repository, Visibility shown) {
        Map<String, Visibility> configured = file.visibility();
        Visibility everything = configured.getOrDefault("*", Visibility.UNKNOWN);
        if (repository == null) {
            return everything;
        }
        Visibility own = configured.getOrDefault(repository.fullName(), Visibility.UNKNOWN);
        if (own.isKnown()) {
            return own;
        }
        if (shown == Visibility.PRIVATE || prow.isHidden(repository)) {
            return Visibility.PRIVATE;
        }
        return configured.getOrDefault(repository.org(), shown.isKnown() ? shown : everything);
    }

    /**
     * Of a run: private if its job is hidden, else that of its repository.
     *
     * @param repository as webhooks show it
     * @param job as ProwJobs show it
     */
    public Visibility visibility(JobRun run, Visibility repository, Visibility job) {
        boolean hidden = job == Visibility.PRIVATE
                || diagnoser.jobOf(run).map(Job::hidden).orElse(false);
        if (hidden) {
            return Visibility.PRIVATE;
        }
        return visibility(run.repository(), repository);
    }

    /** Where messages about single repositories and jobs go. */
    public DestinationRules destinations() {
        return new DestinationRules(file.destinations(), jobs);
    }

    /** How late jobs may be; null if this is not reported. */
    public @Nullable StalenessThresholds timeliness() {
        return file.timeliness();
    }

    public Thresholds thresholds() {
        return file.incidents();
    }

    /** Where notices about ci-notify itself go. */
    public Optional<DigestConfig.Destination> operators() {
        return Optional.ofNullable(file.operators());
    }

    public SendingConfig sending() {
        return file.sending();
    }

    /** The area of failures that many lanes share. */
    public String sharedArea() {
        return file.diagnosis()
                .areas()
                .getOrDefault(Cause.INFRASTRUCTURE, file.routing().fallback().area());
    }

    /** How concurrent failures decide a cause. */
    public BreadthConfig breadth() {
        return file.evidence() == null
                ? BreadthConfig.DEFAULTS
                : file.evidence().breadth();
    }

    /** The area of failures caused by a node. */
    public String nodeArea() {
        EvidenceConfig evidence = file.evidence();
        String area = evidence == null ? null : evidence.nodeArea();
        return area == null ? sharedArea() : area;
    }

    /** The known issues of the file. */
    public List<KnownIssue> knownIssues() {
        return file.knownIssues();
    }

    /** The classes of pull requests of bots. */
    public BumpClasses bumpClasses() {
        return new BumpClasses(file.bumps() == null ? List.of() : file.bumps().classes());
    }

    /** Builds the models of message templates. */
    public MessageModelFactory messageViews() {
        return new MessageModelFactory(links, handle -> memberOverrides
                .of(handle)
                .map(MemberOverride::slackUser)
                .orElse(null));
    }

    /** Reads the annotations of jobs. */
    public JobAnnotations jobAnnotations() {
        return new JobAnnotations(file.prow().annotationPrefix());
    }

    /** All handles in the table, sigs.yaml and OWNERS_ALIASES, ignoring case. */
    public Set<String> knownHandles() {
        Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        roster.members().forEach(member -> handles.add(member.handle()));
        handles.addAll(sigs.handles());
        handles.addAll(aliases.handles());
        return handles;
    }
}
