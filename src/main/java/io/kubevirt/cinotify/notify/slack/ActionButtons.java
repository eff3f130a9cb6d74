// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.composition.BlockCompositions.option;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;
import static com.slack.api.model.block.element.BlockElements.staticSelect;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import io.kubevirt.cinotify.incident.IncidentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The buttons below an open incident.
 *
 * @param snooze duration of a snooze
 */
public record ActionButtons(Duration snooze) {
    /** Prefix of the block id; the id of the incident follows. */
    static final String BLOCK_ID_PREFIX = "ci_notify:";

    /** Actions, by the name of their button. */
    enum Action {
        ACKNOWLEDGE,
        SNOOZE,
        NOT_OURS;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Slack's limit of options. */
    private static final int MOST_AREAS = 100;

    /** The buttons of an incident. */
    LayoutBlock blockFor(IncidentView incident, List<String> areas) {
        List<BlockElement> elements = new ArrayList<>();
        if (incident.acknowledgedBy() == null) {
            elements.add(pushButton(Action.ACKNOWLEDGE, "Acknowledge"));
        }
        elements.add(pushButton(Action.SNOOZE, "Snooze " + durationText(snooze)));
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
        return actions(BLOCK_ID_PREFIX + incident.id(), elements);
    }

    private static BlockElement pushButton(Action action, String words) {
        return button(button -> button.actionId(action.id()).text(plainText(words)));
    }

    private static String durationText(Duration time) {
        return time.toMinutesPart() == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
