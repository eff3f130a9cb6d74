// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.Map;
import java.util.Optional;

/**
 * Which channel hears of what; channels are names without {@code #}, or ids.
 *
 * @param defaultChannel what has no other place
 * @param areas by area
 * @param sigs by the short name of a SIG, instead of its own channel in {@code sigs.yaml}; {@link #NO_CHANNEL} for none
 * @param sigChannels whether a SIG hears of its incidents in its own channel
 */
public record SlackRouting(
        String defaultChannel, Map<String, String> areas, Map<String, String> sigs, boolean sigChannels) {

    /** For a SIG that is not to be told in a channel. */
    public static final String NO_CHANNEL = "none";

    /** Copies the maps. */
    public SlackRouting {
        areas = Map.copyOf(areas);
        sigs = Map.copyOf(sigs);
    }

    /** The channel of the group's own people. */
    String channelForArea(Diagnosis diagnosis) {
        return areas.getOrDefault(diagnosis.area(), defaultChannel);
    }

    /** The channel of the SIG that can mend it. */
    Optional<String> channelForSig(Diagnosis diagnosis, SigDirectory directory) {
        if (!diagnosis.hasSig()) {
            return Optional.empty();
        }
        return Optional.ofNullable(sigs.get(diagnosis.sig()))
                .or(() -> sigChannels ? directory.channelOf(diagnosis.sig()) : Optional.empty())
                .filter(name -> !name.equals(NO_CHANNEL));
    }
}
