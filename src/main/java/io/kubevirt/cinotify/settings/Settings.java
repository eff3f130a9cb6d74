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

import io.kubevirt.cinotify.bump.BumpClasses;
import io.kubevirt.cinotify.diagnosis.BreadthRules;
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.incident.policy.IncidentCore;
import io.kubevirt.cinotify.incident.policy.Thresholds;
import io.kubevirt.cinotify.incident.timeliness.TimelinessRules;
import io.kubevirt.cinotify.notice.github.GitHubRules;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.MessageViews;
import io.kubevirt.cinotify.notice.template.TemplateBook;
import io.kubevirt.cinotify.prow.AllowedAddresses;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.roster.GroupDocument;
import io.kubevirt.cinotify.roster.MemberOverlay;
import io.kubevirt.cinotify.roster.Overlay;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
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
 * @param document the group's table
 * @param overlay what the settings add to it
 * @param roster who is responsible
 * @param sigs the people of the SIGs
 * @param aliases the groups of OWNERS_ALIASES
 * @param timeliness how long jobs may be late; null if nobody wants to know
 * @param thresholds from where on a message is required
 * @param targets where messages go
 * @param sending how much is said, and for how long it is tried
 * @param github what is said on GitHub
 * @param links where messages lead beside the run
 * @param digests what is put together before meetings
 * @param templates the words of messages
 */
public record Settings(
        SettingsFile file,
        AllowedAddresses addresses,
        JobConfig jobs,
        Diagnoser diagnoser,
        GroupDocument document,
        Overlay overlay,
        Roster roster,
        SigDirectory sigs,
        OwnersAliases aliases,
        @Nullable TimelinessRules timeliness,
        Thresholds thresholds,
        SendingRules sending,
        GitHubRules github,
        Links links,
        Targets targets,
        DigestPlan digests,
        TemplateBook templates) {

    /** What the incident core goes by. */
    public IncidentCore.Rules incidentRules() {
        return new IncidentCore.Rules(thresholds, roster, sigs, sharedArea());
    }

    /** The area of what many lanes share. */
    public String sharedArea() {
        return file.diagnosis()
                .areas()
                .getOrDefault(Cause.INFRASTRUCTURE, file.routing().fallback().area());
    }

    /** From where on the breadth of a failure decides what it is. */
    public BreadthRules breadth() {
        EvidenceSettings evidence = file.evidence();
        BreadthSettings breadth = evidence == null ? null : evidence.breadth();
        return breadth == null ? BreadthRules.USUAL : breadth.rules();
    }

    /** The area of what a node did. */
    public String nodeArea() {
        EvidenceSettings evidence = file.evidence();
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
    public MessageViews messageViews() {
        return new MessageViews(
                links,
                handle -> overlay.of(handle).map(MemberOverlay::slackUser).orElse(null));
    }

    /** What jobs say of themselves. */
    public JobWishes jobWishes() {
        return new JobWishes(file.prow().annotationPrefix());
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
