// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.composition.BlockCompositions.option;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;
import static com.slack.api.model.block.element.BlockElements.staticSelect;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionGroupObject;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Sig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The buttons below an open incident. Each stands for a command, and its value for the arguments.
 *
 * @param snooze duration of the shortest snooze
 */
public record ActionButtons(Duration snooze) {
    /** Prefix of the block id; the id of the incident follows. */
    static final String BLOCK_ID_PREFIX = "ci_notify:";

    /** Actions, by the name of their button. */
    enum Action {
        ACKNOWLEDGE("ack"),
        SNOOZE("snooze"),
        NOT_OURS("not-ours"),
        WRONG_CAUSE("wrong-cause"),
        RESOLVE("resolve");

        private final String verb;

        Action(String verb) {
            this.verb = verb;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The command that it stands for. */
        String verb() {
            return verb;
        }
    }

    /** Slack's limits of options and of the characters in one. */
    private static final int MOST_OPTIONS = 100;

    private static final int LONGEST_OPTION = 75;

    /** The buttons of an incident in its present state. */
    LayoutBlock blockFor(IncidentView incident, SlackContext context) {
        List<BlockElement> elements = new ArrayList<>();
        boolean snoozed = incident.snoozedUntil() != null;
        if (incident.acknowledgedBy() == null && !snoozed) {
            elements.add(button(button ->
                    button.actionId(Action.ACKNOWLEDGE.id()).style("primary").text(plainText("Acknowledge"))));
        }
        elements.add(staticSelect(select -> select.actionId(Action.SNOOZE.id())
                .placeholder(plainText(snoozed ? "Snooze again …" : "Snooze …"))
                .options(List.of(
                        choice(durationText(snooze), snooze.toMinutes() + "m"),
                        choice("until tomorrow", "tomorrow"),
                        choice("until Monday", "monday")))));
        List<OptionGroupObject> owners = owners(incident.diagnosis(), context);
        if (!owners.isEmpty()) {
            elements.add(staticSelect(select -> select.actionId(Action.NOT_OURS.id())
                    .placeholder(plainText("Not ours, but of …"))
                    .optionGroups(owners)));
        }
        elements.add(pushButton(Action.WRONG_CAUSE, "Wrong cause"));
        elements.add(pushButton(Action.RESOLVE, "Resolve"));
        return actions(BLOCK_ID_PREFIX + incident.id(), elements);
    }

    /** The areas and SIGs that the incident could belong to instead; Slack refuses an empty group. */
    private static List<OptionGroupObject> owners(Diagnosis diagnosis, SlackContext context) {
        List<OptionObject> areas = context.roster().areas().stream()
                .filter(area -> diagnosis.hasSig() || !area.equals(diagnosis.area()))
                .map(area -> choice(area, area))
                .toList();
        List<OptionObject> sigs = context.sigs().sigs().stream()
                .map(Sig::shortName)
                .filter(sig -> !sig.equals(diagnosis.sig()))
                .map(sig -> sig.startsWith("wg-") || sig.startsWith("ug-") ? sig : "sig-" + sig)
                .map(sig -> choice(sig, sig))
                .toList();
        return Stream.of(group("Areas", areas), group("SIGs", sigs))
                .filter(group -> !group.getOptions().isEmpty())
                .toList();
    }

    private static OptionGroupObject group(String label, List<OptionObject> options) {
        return OptionGroupObject.builder()
                .label(plainText(label))
                .options(options.stream()
                        .filter(each -> each.getValue().length() <= LONGEST_OPTION)
                        .limit(MOST_OPTIONS)
                        .toList())
                .build();
    }

    private static OptionObject choice(String words, String value) {
        return option(plainText(words), value);
    }

    private static BlockElement pushButton(Action action, String words) {
        return button(button -> button.actionId(action.id()).text(plainText(words)));
    }

    private static String durationText(Duration time) {
        return time.toMinutesPart() == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
