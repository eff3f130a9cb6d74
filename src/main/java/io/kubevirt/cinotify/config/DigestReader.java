// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.config.DigestConfig.Series;
import io.kubevirt.cinotify.config.DigestSchedule.Entry;
import io.kubevirt.cinotify.config.DigestSchedule.Subject;
import io.kubevirt.cinotify.digest.Meeting;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of what is written about digests a plan, and refuses what makes no sense. */
final class DigestReader {

    private static final String BLOCK = "digests";

    /** As the channels call themselves. */
    private static final Set<String> CHANNELS = Set.of("console", "github", "jira", "slack", "webhook");

    /** Any Monday does where every week is meant. */
    private static final LocalDate A_MONDAY = LocalDate.EPOCH.plusDays(4);

    private final ConfigValidator names;

    DigestReader(ConfigValidator names) {
        this.names = names;
    }

    /** @throws InvalidConfigException with everything that makes no sense */
    DigestSchedule read(@Nullable DigestConfig written) throws InvalidConfigException {
        if (written == null) {
            return DigestSchedule.NONE;
        }
        ZoneId zone = zone(written.zone());
        List<Entry> planned = new ArrayList<>();
        if (written.taskforce() != null) {
            planned.add(entry(
                    new Subject.Taskforce(),
                    meeting("taskforce", zone, written, written.taskforce(), "taskforce"),
                    written.taskforce()));
        }
        DigestConfig.Grooming grooming = written.grooming();
        if (grooming != null) {
            if (grooming.repositories().isEmpty()) {
                names.report("no repository is listed", "name one as org/repo", BLOCK, "grooming", "repositories");
            }
            planned.add(entry(
                    new Subject.Grooming(grooming.repositories(), grooming.labels(), grooming.triageLabel()),
                    meeting("grooming", zone, written, grooming.series(), "grooming", "series"),
                    grooming.series()));
        }
        new TreeMap<>(written.sigs()).forEach((sig, series) -> {
            names.sig(sig, BLOCK, "sigs", sig);
            planned.add(entry(new Subject.Sig(sig), meeting("sig-" + sig, zone, written, series, "sigs", sig), series));
        });
        if (!names.problems().isEmpty()) {
            throw new InvalidConfigException(names.problems());
        }
        return new DigestSchedule(zone, planned);
    }

    private static Entry entry(Subject subject, Meeting meeting, Series series) {
        return new Entry(subject, meeting, series.to());
    }

    private Meeting meeting(String name, ZoneId zone, DigestConfig written, Series series, Object... at) {
        for (int index = 0; index < series.to().size(); index++) {
            String channel = series.to().get(index).channel();
            if (!CHANNELS.contains(channel)) {
                names.report(
                        "\"" + channel + "\" is no channel",
                        "write one of " + CHANNELS.stream().sorted().toList(),
                        at(at, "to", index, "channel"));
            }
        }
        int weeks = Optional.ofNullable(series.weeks()).orElse(1);
        if (weeks < 1) {
            names.report(weeks + " is not a number of weeks", "write 1 or more, or leave it out", at(at, "weeks"));
        }
        if (weeks > 1 && series.from() == null) {
            names.report(
                    "nothing says in which of " + weeks + " weeks it is sent",
                    "add from: with a day of such a week",
                    at(at));
        }
        return new Meeting(
                name,
                zone,
                day(series.day(), at),
                time(series.time(), at),
                Math.max(1, weeks),
                Objects.requireNonNullElse(series.from(), A_MONDAY),
                Set.copyOf(written.holidays()));
    }

    private static Object[] at(Object[] block, Object... inside) {
        return Stream.of(Stream.of(BLOCK), Stream.of(block), Stream.of(inside))
                .flatMap(parts -> parts)
                .toArray();
    }

    private ZoneId zone(String written) {
        try {
            return ZoneId.of(written);
        } catch (DateTimeException e) {
            names.report("\"" + written + "\" is no time zone", "write one such as Europe/Berlin", BLOCK, "zone");
            return ZoneOffset.UTC;
        }
    }

    private DayOfWeek day(String written, Object... at) {
        try {
            return DayOfWeek.valueOf(written.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            names.report("\"" + written + "\" is no day of the week", "write it as monday", at(at, "day"));
            return DayOfWeek.MONDAY;
        }
    }

    private LocalTime time(String written, Object... at) {
        try {
            return LocalTime.parse(written);
        } catch (DateTimeException e) {
            names.report("\"" + written + "\" is no time of the day", "write it as 09:30", at(at, "time"));
            return LocalTime.NOON;
        }
    }
}
