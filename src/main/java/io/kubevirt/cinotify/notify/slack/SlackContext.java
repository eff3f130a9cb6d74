// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Channels and people on Slack in the current configuration.
 *
 * @param roster the members of the group
 * @param overlay the Slack ids, also of people outside of the group
 * @param sigs the channels of the SIGs
 * @param jobs the channels to which Prow reports jobs
 */
public record SlackContext(
        SlackConfig config, Roster roster, MemberOverrides overlay, SigDirectory sigs, JobConfig jobs) {
    /** The channels of an incident, that of the job or the area first. */
    List<String> channelsFor(IncidentView incident) {
        return Stream.concat(
                        Stream.of(mainChannel(incident)), config.channelForSig(incident.diagnosis(), sigs).stream())
                .distinct()
                .toList();
    }

    private String mainChannel(IncidentView incident) {
        return jobChannel(incident).orElseGet(() -> config.channelForArea(incident.diagnosis()));
    }

    private Optional<String> jobChannel(IncidentView incident) {
        FailedRun run = incident.latest();
        if (!config.jobChannels() || incident.kind() != IncidentKind.LANE || run == null) {
            return Optional.empty();
        }
        Repository repository = run.repository() == null
                ? null
                : Repository.parse(run.repository()).orElse(null);
        return jobs.byName(run.job(), repository, null)
                .flatMap(job -> Optional.ofNullable(job.slackChannel()))
                .filter(SlackConfig::isChannel);
    }

    /**
     * The Slack id of a person to mention in a channel: the member in the channel of the area, the SIG contact in the channel of the SIG
     * if there is one, both in a channel that is not one of these. Null if the person is not mentioned there.
     */
    @Nullable String userToMention(Notification notification, String handle, String destination) {
        IncidentView incident = notification.incident();
        boolean ofSig = notification.to() != null
                && handle.equals(notification.to().sigPerson())
                && !handle.equals(notification.to().handle());
        String home = mainChannel(incident);
        String where = ofSig ? config.channelForSig(incident.diagnosis(), sigs).orElse(home) : home;
        return where.equals(destination) || !channelsFor(incident).contains(destination)
                ? overlay.of(handle).map(MemberOverride::slackUser).orElse(null)
                : null;
    }

    /** The Slack id of a person. */
    Optional<String> slackUser(String handle) {
        return overlay.of(handle).map(MemberOverride::slackUser);
    }

    /** The handle of the person with a Slack id in a workspace; also of people outside of the group. */
    Optional<String> handleOf(String team, String user) {
        return overlay.members().stream()
                .filter(person -> person.isSlackUser(team, user))
                .map(MemberOverride::handle)
                .findFirst();
    }
}
