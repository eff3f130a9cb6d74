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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.diagnosis.Known;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Families whose wait for something larger is over: does it explain them, have they healed, or is it time to speak? */
final class HeldFamilies {

    private final Desk desk;
    private final LaneRule rule;
    private final Lanes lanes;
    private final Outages outages;

    HeldFamilies(Desk desk, LaneRule rule, Lanes lanes, Outages outages) {
        this.desk = desk;
        this.rule = rule;
        this.lanes = lanes;
        this.outages = outages;
    }

    void release(StreamKey key, Instant now) {
        Waiting waiting = desk.memory().held().remove(key);
        if (waiting == null) {
            return;
        }
        Optional<LaneCase> open = desk.memory().openLane(key);
        if (open.isPresent() && waiting.runs().isEmpty()) {
            lanes.mutes().review(open.get(), now);
            return;
        }
        int before = desk.ledger().mark();
        if (outages.covering(key.repository(), null).isPresent()) {
            settle(waiting, Reason.FOLDED_INTO_OUTAGE, before, "an outage came up that explains it");
            return;
        }
        Judgement judgement = rule.judge(key, now);
        if (!judgement.isMet()) {
            settle(waiting, Reason.NO_LONGER_MET, before, judgement.words());
            return;
        }
        lanes.open(key, judgement, null, now);
        Known mute = desk.memory().openLane(key).map(LaneCase::mute).orElse(null);
        if (mute == null) {
            settle(waiting, Reason.RELAPSE, before, judgement.words());
        } else {
            settle(waiting, Reason.KNOWN_ISSUE, before, mute.sentence());
        }
    }

    private void settle(Waiting waiting, Reason otherwise, int before, String words) {
        List<String> news = desk.ledger().newsSince(before);
        for (String run : waiting.runs()) {
            boolean ofNode = desk.windows()
                    .find(run)
                    .filter(entry -> entry.mark() == Mark.NODE)
                    .isPresent();
            desk.ledger()
                    .settle(
                            ofNode
                                    ? new Ledger.Finding(run, Reason.NODE, List.of(), "a sick node explains it")
                                    : new Ledger.Finding(run, otherwise, news, words));
        }
    }
}
