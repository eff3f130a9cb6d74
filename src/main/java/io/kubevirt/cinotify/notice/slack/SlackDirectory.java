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
package io.kubevirt.cinotify.notice.slack;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.MemberOverlay;
import io.kubevirt.cinotify.roster.Overlay;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where and whom on Slack, as the settings say at present.
 *
 * @param places which channel hears of what
 * @param roster the members of the group
 * @param overlay knows the Slack ids, also of people who are not in the group
 * @param sigs knows the channels of the SIGs
 */
public record SlackDirectory(SlackPlaces places, Roster roster, Overlay overlay, SigDirectory sigs) {

    /** Each channel that hears of an incident, the group's own first. */
    List<String> placesOf(Diagnosis diagnosis) {
        return Stream.concat(Stream.of(places.ofArea(diagnosis)), places.ofSig(diagnosis, sigs).stream())
                .distinct()
                .toList();
    }

    /**
     * The Slack id of a person, if that is the place to call him: the member in the group's channel, the person of the SIG
     * in the SIG's, or where it has none, in the group's.
     */
    @Nullable String userCalledAt(Message message, String handle, String place) {
        Diagnosis diagnosis = message.incident().diagnosis();
        boolean ofSig = message.to() != null
                && handle.equals(message.to().sigPerson())
                && !handle.equals(message.to().handle());
        String home = places.ofArea(diagnosis);
        String where = ofSig ? places.ofSig(diagnosis, sigs).orElse(home) : home;
        return where.equals(place)
                ? overlay.of(handle).map(MemberOverlay::slackUser).orElse(null)
                : null;
    }

    /** The handle of the member with a Slack id; empty for anybody whom the roster does not know. */
    Optional<String> memberOf(String user) {
        return roster.members().stream()
                .filter(member -> user.equals(member.slackUser()))
                .map(Member::handle)
                .findFirst();
    }
}
