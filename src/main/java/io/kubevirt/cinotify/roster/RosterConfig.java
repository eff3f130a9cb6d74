// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import io.kubevirt.cinotify.roster.Schedule.Pause;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The block {@code roster}: the documents that define who is on call. */
public record RosterConfig(
        @JsonPropertyDescription(
                "The group's Markdown document with the table of members, relative to this file. May be absent if there"
                        + " are rotations or aliasLevels.")
        @Nullable String document,

        @JsonProperty(required = true)
        @JsonPropertyDescription("sigs.yaml with the chairs and leads of the SIGs, relative to this file.")
        String sigs,

        @JsonPropertyDescription("OWNERS_ALIASES, relative to this file; roster check compares the table with it.")
        @Nullable String aliases,

        @JsonPropertyDescription("The alias that must contain the members of the group.") @Nullable String membersAlias,

        @JsonPropertyDescription(
                "Default working hours, as 09:00-17:00, in the time zone of the member. 22:00-06:00 ends on the next"
                        + " day.")
        String workingHours,

        @JsonPropertyDescription("Turns of people on duty, in place of a level of the table.")
        List<RotationConfig> rotations,

        @JsonPropertyDescription(
                "Calendars and PagerDuty schedules of people on duty, in place of a level of the table.")
        List<CalendarConfig> calendars,

        @JsonPropertyDescription("Levels of the people of aliases and GitHub teams, in place of a level of the table.")
        List<AliasLevelConfig> aliasLevels,

        @JsonPropertyDescription("Details that the document does not contain, by GitHub handle.")
        Map<String, MemberConfig> members) {
    /** Fills in the defaults. */
    public RosterConfig {
        workingHours = workingHours == null ? "09:00-17:00" : workingHours;
        rotations = ConfigCollections.orEmpty(rotations);
        calendars = ConfigCollections.orEmpty(calendars);
        aliasLevels = ConfigCollections.orEmpty(aliasLevels);
        members = ConfigCollections.orEmpty(members);
    }

    /** Details of one member. */
    public record MemberConfig(
            @JsonPropertyDescription(
                    "IANA time zone, such as Europe/Berlin. If absent, the fixed offset of the document is used.")
            @Nullable String zone,

            @JsonPropertyDescription(
                    "Days of work, as Mon-Fri or Mon, Wed-Thu. If absent, those of the document, or Mon-Fri for people who"
                            + " are only in rotations.")
            @Nullable String days,

            @JsonPropertyDescription(
                    "Working hours, as 09:00-17:00, in the time zone of the member. 22:00-06:00 ends on the next day.")
            @Nullable String workingHours,

            @JsonPropertyDescription(
                    "Daily hours, as 22:00-07:00, in the time zone of the member, in which only what blocks merging is notified.")
            @Nullable String quietHours,

            @JsonPropertyDescription(
                    "Channel (slack or email) on which the member gets a note at the start of the working day: their open"
                            + " incidents, and what opened in their areas meanwhile. None if absent.")
            @Nullable String morningNote,

            @JsonPropertyDescription("Slack user id.") @Nullable String slack,

            @JsonPropertyDescription("E-mail addresses and names of the member in calendars.")
            List<String> names,

            @JsonPropertyDescription("Slack user ids in other workspaces, by the id of the workspace (T012AB3CD).")
            Map<String, String> slackIds,

            @JsonPropertyDescription("Days off; the first and last day are included.")
            List<Days> daysOff,

            @JsonPropertyDescription("Periods in which the member is not notified.")
            List<Period> pauses) {
        /** Copies the lists; absent ones become empty. */
        public MemberConfig {
            slackIds = ConfigCollections.orEmpty(slackIds);
            names = ConfigCollections.orEmpty(names);
            daysOff = ConfigCollections.orEmpty(daysOff);
            pauses = ConfigCollections.orEmpty(pauses);
        }
    }

    /** Days off, in the time zone of the member. */
    public record Days(
            @JsonProperty(required = true) @JsonPropertyDescription("The first day, as 2026-12-24.")
            LocalDate from,

            @JsonProperty(required = true) @JsonPropertyDescription("The last day, as 2027-01-01.")
            LocalDate until) {}

    /** A period without notifications. */
    public record Period(
            @JsonProperty(required = true) @JsonPropertyDescription("Its start, as 2026-12-24T09:00:00Z.")
            Instant from,

            @JsonProperty(required = true) @JsonPropertyDescription("Its end, as 2026-12-24T17:00:00Z.")
            Instant until) {}

    /** Whether a part of it is read over the network. */
    public boolean isRemote() {
        return calendars.stream().anyMatch(CalendarConfig::isRemote)
                || aliasLevels.stream().anyMatch(AliasLevelConfig::isRemote);
    }

    /** Reports zones, working hours and periods that make no sense. */
    public void check(ConfigValidator check) {
        if (document == null && rotations.isEmpty() && calendars.isEmpty() && aliasLevels.isEmpty()) {
            check.report(
                    "neither \"document\" nor \"rotations\" names anybody",
                    "write the group's document with the table of members, or rotations");
        }
        sources(check);
        hours(check, workingHours, "workingHours");
        members.forEach((handle, member) -> {
            ConfigValidator block = check.at("members", handle);
            if (member.zone() != null && MemberZone.parse(member.zone()).isEmpty()) {
                block.report(
                        "\"" + member.zone() + "\" is neither an IANA time zone nor an offset",
                        "write it as Europe/Berlin",
                        "zone");
            }
            if (member.days() != null && Availability.parse(member.days()).isEmpty()) {
                block.report(
                        "\"" + member.days() + "\" is not a list of weekdays",
                        "write it as Mon-Fri, or Mon, Wed-Thu",
                        "days");
            }
            hours(block, member.workingHours(), "workingHours");
            hours(block, member.quietHours(), "quietHours");
            if (member.morningNote() != null) {
                block.oneOf(member.morningNote(), "channel of notes", List.of("slack", "email"), "morningNote");
            }
            order(block, "daysOff", member.daysOff(), off -> new DaysOff(off.from(), off.until()));
            order(block, "pauses", member.pauses(), pause -> new Pause(pause.from(), pause.until()));
        });
    }

    private void sources(ConfigValidator check) {
        check.unique(rotations, RotationConfig::name, "rotation", "rotations");
        for (int index = 0; index < rotations.size(); index++) {
            rotations.get(index).check(check.at("rotations", index));
        }
        check.unique(calendars, CalendarConfig::name, "calendar", "calendars");
        for (int index = 0; index < calendars.size(); index++) {
            CalendarConfig calendar = calendars.get(index);
            calendar.check(check.at("calendars", index));
            if (rotations.stream().anyMatch(rotation -> rotation.name().equals(calendar.name()))) {
                check.report(
                        "a rotation has the name \"" + calendar.name() + "\" too",
                        "give each a unique name",
                        "calendars",
                        index,
                        "name");
            }
        }
        for (int index = 0; index < aliasLevels.size(); index++) {
            aliasLevels.get(index).check(check.at("aliasLevels", index));
        }
    }

    private static void hours(ConfigValidator check, @Nullable String text, String key) {
        if (text != null && WorkingHours.parse(text).isEmpty()) {
            check.report("\"" + text + "\" is not a range of hours", "write it as 09:00-17:00", key);
        }
    }

    private static <F> void order(ConfigValidator check, String key, List<F> entries, Consumer<F> converter) {
        for (int index = 0; index < entries.size(); index++) {
            try {
                converter.accept(entries.get(index));
            } catch (IllegalArgumentException e) {
                check.report(String.valueOf(e.getMessage()), "swap from and until", key, index);
            }
        }
    }

    /**
     * The details of all members; to be called once {@link #check} has found no problem.
     *
     * @param lineOf the line of a member's entry in the file, for problems that are found later
     */
    public MemberOverrides overrides(String file, Function<String, @Nullable Integer> lineOf) {
        return new MemberOverrides(
                file,
                WorkingHours.parse(workingHours).orElseThrow(),
                members.entrySet().stream()
                        .map(member -> override(member.getKey(), lineOf.apply(member.getKey()), member.getValue()))
                        .toList());
    }

    /** Reports aliases of which nobody is known. */
    public void checkAliases(ConfigValidator check, OwnersAliases owners) {
        for (int index = 0; index < aliasLevels.size(); index++) {
            aliasLevels.get(index).checkAlias(check.at("aliasLevels", index), owners);
        }
    }

    /** All but the calendars and what is on GitHub; to be called once the checks have found no problem. */
    public List<Rotation> plans(OwnersAliases owners) {
        return Stream.concat(
                        rotations.stream().map(RotationConfig::rotation),
                        aliasLevels.stream().filter(entry -> !entry.isRemote()).map(entry -> entry.rotation(owners)))
                .toList();
    }

    private static MemberOverride override(String handle, @Nullable Integer line, MemberConfig member) {
        return new MemberOverride(
                handle,
                line,
                Optional.ofNullable(member.zone())
                        .map(zone -> MemberZone.parse(zone).orElseThrow())
                        .orElse(null),
                Optional.ofNullable(member.days())
                        .map(days -> Availability.parse(days).orElseThrow())
                        .orElse(null),
                Optional.ofNullable(member.workingHours())
                        .map(hours -> WorkingHours.parse(hours).orElseThrow())
                        .orElse(null),
                Optional.ofNullable(member.quietHours())
                        .map(hours -> WorkingHours.parse(hours).orElseThrow())
                        .orElse(null),
                member.slack(),
                member.daysOff().stream()
                        .map(off -> new DaysOff(off.from(), off.until()))
                        .toList(),
                member.pauses().stream()
                        .map(pause -> new Pause(pause.from(), pause.until()))
                        .toList(),
                member.slackIds());
    }
}
