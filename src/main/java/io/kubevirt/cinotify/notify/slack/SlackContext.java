// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.roster.Member;
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
 */
public record SlackContext(SlackConfig config, Roster roster, MemberOverrides overlay, SigDirectory sigs) {
    /** The channels of an incident, the channel of the area first. */
    List<String> channelsFor(Diagnosis diagnosis) {
        return Stream.concat(
                        Stream.of(config.channelForArea(diagnosis)), config.channelForSig(diagnosis, sigs).stream())
                .distinct()
                .toList();
    }

    /**
     * The Slack id of a person to mention in a channel: the member in the channel of the area, the SIG contact in the channel of the SIG
     * if there is one. Null if the person is not mentioned there.
     */
    @Nullable String userToMention(Notification notification, String handle, String destination) {
        Diagnosis diagnosis = notification.incident().diagnosis();
        boolean ofSig = notification.to() != null
                && handle.equals(notification.to().sigPerson())
                && !handle.equals(notification.to().handle());
        String home = config.channelForArea(diagnosis);
        String where = ofSig ? config.channelForSig(diagnosis, sigs).orElse(home) : home;
        return where.equals(destination)
                ? overlay.of(handle).map(MemberOverride::slackUser).orElse(null)
                : null;
    }

    /** The handle of the member with a Slack id. */
    Optional<String> memberBySlackUser(String user) {
        return roster.members().stream()
                .filter(member -> user.equals(member.slackUser()))
                .map(Member::handle)
                .findFirst();
    }
}
