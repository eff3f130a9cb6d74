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
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.Map;
import java.util.Optional;

/**
 * Which channel hears of what; channels are names without {@code #}, or ids.
 *
 * @param channel what has no other place
 * @param areas by area
 * @param sigs by the short name of a SIG, instead of its own channel in {@code sigs.yaml}; {@link #NOWHERE} for none
 * @param sigChannels whether a SIG hears of its incidents in its own channel
 */
public record SlackPlaces(String channel, Map<String, String> areas, Map<String, String> sigs, boolean sigChannels) {

    /** For a SIG that is not to be told in a channel. */
    public static final String NOWHERE = "none";

    /** Copies the maps. */
    public SlackPlaces {
        areas = Map.copyOf(areas);
        sigs = Map.copyOf(sigs);
    }

    /** The channel of the group's own people. */
    String ofArea(Diagnosis diagnosis) {
        return areas.getOrDefault(diagnosis.area(), channel);
    }

    /** The channel of the SIG that can mend it. */
    Optional<String> ofSig(Diagnosis diagnosis, SigDirectory directory) {
        if (!diagnosis.hasSig()) {
            return Optional.empty();
        }
        return Optional.ofNullable(sigs.get(diagnosis.sig()))
                .or(() -> sigChannels ? directory.channelOf(diagnosis.sig()) : Optional.empty())
                .filter(name -> !name.equals(NOWHERE));
    }
}
