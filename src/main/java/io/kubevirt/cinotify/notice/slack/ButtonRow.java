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

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.composition.BlockCompositions.option;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;
import static com.slack.api.model.block.element.BlockElements.staticSelect;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person can do below an open incident.
 *
 * @param snooze for how long the button silences it
 */
public record ButtonRow(Duration snooze) {

    /** What the identity of the row begins with; the incident's follows. */
    static final String ROW = "ci_notify:";

    /** What can be done, by the name of its button. */
    enum Action {
        ACKNOWLEDGE,
        SNOOZE,
        NOT_OURS;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Slack takes no more choices. */
    private static final int MOST_AREAS = 100;

    /** The row below an incident. */
    LayoutBlock below(IncidentView incident, List<String> areas) {
        List<BlockElement> elements = new ArrayList<>();
        if (incident.acknowledgedBy() == null) {
            elements.add(press(Action.ACKNOWLEDGE, "Acknowledge"));
        }
        elements.add(press(Action.SNOOZE, "Snooze " + words(snooze)));
        List<OptionObject> others = areas.stream()
                .filter(area -> !area.equals(incident.diagnosis().area()))
                .limit(MOST_AREAS)
                .map(area -> option(plainText(area), area))
                .toList();
        if (!others.isEmpty()) {
            elements.add(staticSelect(select -> select.actionId(Action.NOT_OURS.id())
                    .placeholder(plainText("Not ours, but of …"))
                    .options(others)));
        }
        return actions(ROW + incident.id(), elements);
    }

    private static BlockElement press(Action action, String words) {
        return button(button -> button.actionId(action.id()).text(plainText(words)));
    }

    private static String words(Duration time) {
        return time.toMinutesPart() == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
