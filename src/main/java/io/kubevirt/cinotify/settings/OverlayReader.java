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
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.roster.DaysOff;
import io.kubevirt.cinotify.roster.MemberOverlay;
import io.kubevirt.cinotify.roster.Overlay;
import io.kubevirt.cinotify.roster.Pause;
import io.kubevirt.cinotify.roster.WorkingHours;
import io.kubevirt.cinotify.roster.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the settings add to the group's document. */
final class OverlayReader {

    private final YamlDocument yaml;
    private final SettingsFile.Roster roster;
    private final List<Problem> problems = new ArrayList<>();

    OverlayReader(YamlDocument yaml, SettingsFile.Roster roster) {
        this.yaml = yaml;
        this.roster = roster;
    }

    /** @throws InvalidDocument with every slip */
    Overlay read() throws InvalidDocument {
        WorkingHours hours = hours(roster.workingHours(), "roster", "workingHours");
        List<MemberOverlay> members = new ArrayList<>();
        Map<String, SettingsFile.Member> written = roster.members() == null ? Map.of() : roster.members();
        written.forEach((handle, member) -> members.add(member(handle, member)));
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return new Overlay(yaml.file(), hours == null ? WorkingHours.OFFICE : hours, members);
    }

    private MemberOverlay member(String handle, SettingsFile.Member member) {
        return new MemberOverlay(
                handle,
                yaml.line(Pointers.of("roster", "members", handle)),
                parsed(
                        member.zone(),
                        Zone::parse,
                        "is neither an IANA zone nor an offset",
                        "write it as Europe/Berlin",
                        "roster",
                        "members",
                        handle,
                        "zone"),
                hours(member.workingHours(), "roster", "members", handle, "workingHours"),
                member.slack(),
                each(member.daysOff(), off -> new DaysOff(off.from(), off.until()), handle, "daysOff"),
                each(member.pauses(), pause -> new Pause(pause.from(), pause.until()), handle, "pauses"));
    }

    private @Nullable WorkingHours hours(@Nullable String text, Object... at) {
        return parsed(text, WorkingHours::parse, "are no working hours", "write them as 09:00-17:00", at);
    }

    private <T> @Nullable T parsed(
            @Nullable String text, Function<String, Optional<T>> parse, String problem, String mend, Object... at) {
        if (text == null) {
            return null;
        }
        Optional<T> value = parse.apply(text);
        if (value.isEmpty()) {
            problems.add(yaml.problem(Pointers.of(at), "\"" + text + "\" " + problem, mend));
        }
        return value.orElse(null);
    }

    private <F, T> List<T> each(@Nullable List<F> written, Function<F, T> convert, String handle, String key) {
        List<T> converted = new ArrayList<>();
        List<F> all = written == null ? List.of() : written;
        for (int index = 0; index < all.size(); index++) {
            try {
                converted.add(convert.apply(all.get(index)));
            } catch (IllegalArgumentException e) {
                problems.add(yaml.problem(
                        Pointers.of("roster", "members", handle, key, index),
                        String.valueOf(e.getMessage()),
                        "put the two in order"));
            }
        }
        return converted;
    }
}
