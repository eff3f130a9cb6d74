// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.roster.DaysOff;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.MemberZone;
import io.kubevirt.cinotify.roster.Pause;
import io.kubevirt.cinotify.roster.WorkingHours;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the settings add to the group's document. */
final class MemberOverridesReader {

    private final YamlDocument yaml;
    private final ConfigFile.Roster roster;
    private final List<ConfigProblem> problems = new ArrayList<>();

    MemberOverridesReader(YamlDocument yaml, ConfigFile.Roster roster) {
        this.yaml = yaml;
        this.roster = roster;
    }

    /** @throws InvalidConfigException with every slip */
    MemberOverrides read() throws InvalidConfigException {
        WorkingHours hours = hours(roster.workingHours(), "roster", "workingHours");
        List<MemberOverride> members = new ArrayList<>();
        Map<String, ConfigFile.MemberBlock> written = roster.members() == null ? Map.of() : roster.members();
        written.forEach((handle, member) -> members.add(member(handle, member)));
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return new MemberOverrides(yaml.file(), hours == null ? WorkingHours.OFFICE : hours, members);
    }

    private MemberOverride member(String handle, ConfigFile.MemberBlock member) {
        return new MemberOverride(
                handle,
                yaml.line(JsonPointers.of("roster", "members", handle)),
                parsed(
                        member.zone(),
                        MemberZone::parse,
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
            problems.add(yaml.problem(JsonPointers.of(at), "\"" + text + "\" " + problem, mend));
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
                        JsonPointers.of("roster", "members", handle, key, index),
                        String.valueOf(e.getMessage()),
                        "put the two in order"));
            }
        }
        return converted;
    }
}
