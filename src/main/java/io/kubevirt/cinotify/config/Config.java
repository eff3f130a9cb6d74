// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.bump.BumpClasses;
import io.kubevirt.cinotify.diagnosis.BreadthRules;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.TemplateRegistry;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.TrustedHosts;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterDocument;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that people configured, read and found good; the rest of the program never sees the files.
 *
 * @param file the settings file as written
 * @param addresses where pages of runs may lie
 * @param jobs Prow's job configuration; empty where none is given
 * @param diagnoser says what a run is
 * @param rosterDocument the group's table
 * @param memberOverrides what the settings add to it
 * @param roster who is responsible
 * @param sigs the people of the SIGs
 * @param aliases the groups of OWNERS_ALIASES
 * @param timeliness how long jobs may be late; null if nobody wants to know
 * @param thresholds from where on a message is required
 * @param channels where messages go
 * @param sending how much is said, and for how long it is tried
 * @param github what is said on GitHub
 * @param links where messages lead beside the run
 * @param digests what is put together before meetings
 * @param templates the words of messages
 */
public record Config(
        ConfigFile file,
        TrustedHosts addresses,
        JobConfig jobs,
        Diagnoser diagnoser,
        RosterDocument rosterDocument,
        MemberOverrides memberOverrides,
        Roster roster,
        SigDirectory sigs,
        OwnersAliases aliases,
        @Nullable StalenessThresholds timeliness,
        Thresholds thresholds,
        SendingConfig sending,
        Links links,
        DigestSchedule digests,
        TemplateRegistry templates) {

    /** Issues and comments on GitHub; disabled without a block. */
    public GitHubConfig github() {
        return file.github() == null ? GitHubConfig.DISABLED : file.github();
    }

    /** What the incident core goes by. */
    public EngineConfig incidentRules() {
        return new EngineConfig(thresholds, roster, sigs, sharedArea());
    }

    /** The area of what many lanes share. */
    public String sharedArea() {
        return file.diagnosis()
                .areas()
                .getOrDefault(Cause.INFRASTRUCTURE, file.routing().fallback().area());
    }

    /** From where on the breadth of a failure decides what it is. */
    public BreadthRules breadth() {
        EvidenceConfig evidence = file.evidence();
        BreadthBlock breadth = evidence == null ? null : evidence.breadth();
        return breadth == null ? BreadthRules.DEFAULTS : breadth.rules();
    }

    /** The area of what a node did. */
    public String nodeArea() {
        EvidenceConfig evidence = file.evidence();
        String area = evidence == null ? null : evidence.nodeArea();
        return area == null ? sharedArea() : area;
    }

    /** The failures that somebody already cares for, as the settings have them. */
    public List<KnownIssue> knownIssues() {
        return file.knownIssues() == null ? List.of() : file.knownIssues();
    }

    /** What tells the pull requests of bots apart. */
    public BumpClasses bumpClasses() {
        return new BumpClasses(file.bumps() == null ? List.of() : file.bumps().classes());
    }

    /** What templates show of messages. */
    public MessageModelFactory messageViews() {
        return new MessageModelFactory(links, handle -> memberOverrides
                .of(handle)
                .map(MemberOverride::slackUser)
                .orElse(null));
    }

    /** What jobs say of themselves. */
    public JobAnnotations jobAnnotations() {
        return new JobAnnotations(file.prow().annotationPrefix());
    }

    /** Every handle that any of the files knows, whatever its case. */
    public Set<String> knownHandles() {
        Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        roster.members().forEach(member -> handles.add(member.handle()));
        handles.addAll(sigs.handles());
        handles.addAll(aliases.handles());
        return handles;
    }
}
