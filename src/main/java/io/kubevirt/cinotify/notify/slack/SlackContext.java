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
 * Where and whom on Slack, as the settings say at present.
 *
 * @param config the current channels
 * @param roster the members of the group
 * @param overlay knows the Slack ids, also of people who are not in the group
 * @param sigs knows the channels of the SIGs
 */
public record SlackContext(SlackConfig config, Roster roster, MemberOverrides overlay, SigDirectory sigs) {

    /** Each channel that hears of an incident, the group's own first. */
    List<String> channelsFor(Diagnosis diagnosis) {
        return Stream.concat(
                        Stream.of(config.channelForArea(diagnosis)), config.channelForSig(diagnosis, sigs).stream())
                .distinct()
                .toList();
    }

    /**
     * The Slack id of a person, if that is the place to call him: the member in the group's channel, the person of the SIG
     * in the SIG's, or where it has none, in the group's.
     */
    @Nullable
    String userToMention(Notification notification, String handle, String destination) {
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

    /** The handle of the member with a Slack id; empty for anybody whom the roster does not know. */
    Optional<String> memberBySlackUser(String user) {
        return roster.members().stream()
                .filter(member -> user.equals(member.slackUser()))
                .map(Member::handle)
                .findFirst();
    }
}
