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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sentences that several answers share. People are named in code, so that nobody is called. */
final class Words {

    private final Sheet sheet;

    Words(Sheet sheet) {
        this.sheet = sheet;
    }

    /** Who is told, when and as what. */
    String told(IncidentDesk.Raised raised, Instant now) {
        Addressee to = raised.to();
        List<String> parts = new ArrayList<>();
        if (to.handle() == null || to.level() == null) {
            parts.add("nobody of the group works for it, so only the channel is told");
        } else {
            String person = sheet.code(to.handle()) + " (" + to.level().title() + ")";
            parts.add(
                    to.isDeferredAt(now)
                            ? person + " is told at " + sheet.moment(to.at()) + ", when they are at work"
                                    + (to.channelAtOnce() ? "; the channel knows it now" : "")
                            : person + " is told now");
        }
        if (to.sigPerson() != null) {
            parts.add("and of the SIG " + sheet.code(to.sigPerson()));
        }
        return String.join(", ", parts) + ", as incident " + sheet.code(raised.incident());
    }

    /** An incident in a line. */
    String incident(IncidentView view) {
        StringBuilder line = new StringBuilder(sheet.code(view.id()))
                .append(" ")
                .append(sheet.outside(view.title()))
                .append(", ")
                .append(view.state().word())
                .append(" since ")
                .append(sheet.moment(view.openedAt()));
        if (view.acknowledgedBy() != null) {
            line.append(", ").append(sheet.code(view.acknowledgedBy())).append(" sees to it");
        } else if (view.responsible() != null) {
            line.append(", with ").append(sheet.code(view.responsible()));
        }
        if (view.snoozedUntil() != null) {
            line.append(", quiet until ").append(sheet.moment(view.snoozedUntil()));
        }
        return line.toString();
    }

    /** Commands with each of the words, for those who slipped. */
    String commands(String before, List<String> words) {
        return words.stream().map(word -> sheet.code(before + word)).collect(Collectors.joining(", "));
    }

    /** Names in a row. */
    String names(List<String> names) {
        return names.stream().map(sheet::code).collect(Collectors.joining(", "));
    }
}
