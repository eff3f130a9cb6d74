// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.digest.DigestSchedule.Entry;
import io.kubevirt.cinotify.digest.DigestSchedule.Subject;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The block {@code digests}: summaries that are sent before meetings. */
public record DigestConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription("IANA time zone of the meetings, such as Europe/Berlin.")
        String zone,

        @JsonPropertyDescription("Days without meetings, as 2026-12-25; no digest is sent for them.")
        List<LocalDate> holidays,

        @JsonPropertyDescription("The state of CI since the last meeting.") @Nullable Series taskforce,

        @JsonPropertyDescription("The open issues, grouped by grooming label.") @Nullable Grooming grooming,

        @JsonPropertyDescription("The state of CI for single SIGs, by short name.")
        Map<String, Series> sigs) {
    /** Copies the collections; absent ones become empty. */
    public DigestConfig {
        holidays = ConfigCollections.orEmpty(holidays);
        sigs = ConfigCollections.orEmpty(sigs);
    }

    /** When and where a digest is sent. */
    public record Series(
            @JsonProperty(required = true) @JsonPropertyDescription("Day of the week, such as monday.")
            String day,

            @JsonProperty(required = true) @JsonPropertyDescription("Time of day, as 09:30.")
            String time,

            @JsonPropertyDescription("Number of weeks from one digest to the next.")
            Integer weeks,

            @JsonPropertyDescription("A day in a week with a digest; required if weeks is greater than 1.") @Nullable LocalDate from,

            @JsonPropertyDescription("Where the digest is sent; nowhere if absent.")
            List<Destination> to) {
        /** Any Monday will do for a weekly digest. */
        private static final LocalDate A_MONDAY = LocalDate.EPOCH.plusDays(4);

        /** Fills in the defaults. */
        public Series {
            weeks = weeks == null ? 1 : weeks;
            to = ConfigCollections.orEmpty(to);
        }

        void check(ConfigValidator check) {
            if (!parses(DayOfWeek::valueOf, day.toUpperCase(Locale.ROOT))) {
                check.report("\"" + day + "\" is not a day of the week", "write it as monday", "day");
            }
            if (!parses(LocalTime::parse, time)) {
                check.report("\"" + time + "\" is not a time of day", "write it as 09:30", "time");
            }
            check.atLeast(weeks, 1, "weeks");
            if (weeks > 1 && from == null) {
                check.report(
                        "does not define in which of " + weeks + " weeks the digest is sent",
                        "add from with a day in such a week");
            }
            for (int index = 0; index < to.size(); index++) {
                check.channel(to.get(index).channel(), "to", index, "channel");
            }
        }

        Meeting meeting(String name, DigestConfig digests) {
            return new Meeting(
                    name,
                    ZoneId.of(digests.zone()),
                    DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)),
                    LocalTime.parse(time),
                    weeks,
                    from == null ? A_MONDAY : from,
                    Set.copyOf(digests.holidays()));
        }
    }

    /** The digest of open issues. */
    public record Grooming(
            @JsonProperty(required = true) @JsonPropertyDescription("When and where it is sent.")
            Series series,

            @JsonProperty(required = true) @JsonPropertyDescription("Repositories whose open issues are listed.")
            List<Repository> repositories,

            @JsonProperty(required = true)
            @JsonPropertyDescription("The grooming labels; if several match an issue, the first is suggested.")
            List<GroomingLabel> labels,

            @JsonPropertyDescription("The label that is suggested if none of the others matches.")
            String triage) {
        /** Fills in the defaults. */
        public Grooming {
            repositories = ConfigCollections.orEmpty(repositories);
            labels = ConfigCollections.orEmpty(labels);
            triage = triage == null ? "needs-triage" : triage;
        }
    }

    /** A destination of a channel. */
    public record Destination(
            @JsonProperty(required = true) @JsonPropertyDescription("Name of the channel.")
            String channel,

            @JsonProperty(required = true)
            @JsonPropertyDescription("A Slack channel, an issue as org/repo#number, or the name of a webhook.")
            String destination) {}

    /** Reports values that make no sense, and unknown SIGs and channels. */
    public void check(ConfigValidator check) {
        if (!parses(ZoneId::of, zone)) {
            check.report("\"" + zone + "\" is not a time zone", "write it as Europe/Berlin", "zone");
        }
        if (taskforce != null) {
            taskforce.check(check.at("taskforce"));
        }
        if (grooming != null) {
            if (grooming.repositories().isEmpty()) {
                check.report("is empty", "add a repository as org/repo", "grooming", "repositories");
            }
            grooming.series().check(check.at("grooming", "series"));
        }
        sigs.forEach((sig, series) -> {
            check.sig(sig, "sigs", sig);
            series.check(check.at("sigs", sig));
        });
    }

    private static <T> boolean parses(Function<String, T> parser, String text) {
        try {
            return parser.apply(text) != null;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The schedule of all digests; to be called once {@link #check} has found no problem. */
    public DigestSchedule schedule() {
        List<Entry> entries = new ArrayList<>();
        if (taskforce != null) {
            entries.add(new Entry(new Subject.Taskforce(), taskforce.meeting("taskforce", this), taskforce.to()));
        }
        if (grooming != null) {
            entries.add(new Entry(
                    new Subject.Grooming(grooming.repositories(), grooming.labels(), grooming.triage()),
                    grooming.series().meeting("grooming", this),
                    grooming.series().to()));
        }
        new TreeMap<>(sigs)
                .forEach((sig, series) ->
                        entries.add(new Entry(new Subject.Sig(sig), series.meeting("sig-" + sig, this), series.to())));
        return new DigestSchedule(ZoneId.of(zone), entries);
    }
}
