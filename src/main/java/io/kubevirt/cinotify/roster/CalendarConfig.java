// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An entry of {@code roster.calendars}. */
public record CalendarConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Name of the calendar in reasons and problems; unique, also among rotations.")
        String name,

        @JsonPropertyDescription("The areas for which it decides who is on duty; all areas if absent.")
        List<String> areas,

        @JsonPropertyDescription("The level that it decides, in place of the table; primary if absent.")
        Level level,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "IANA time zone of events without one, such as all-day events, and of people who have no other.")
        String zone,

        @JsonPropertyDescription("An iCalendar file (.ics), relative to this file.") @Nullable String file,

        @JsonPropertyDescription("URL of an iCalendar. Read every 15 minutes; the last good one is kept.") @Nullable String url,

        @JsonPropertyDescription(
                "File with the URL of an iCalendar, relative to this file: private addresses are secrets.")
        @Nullable String urlFile,

        @JsonPropertyDescription("A schedule of PagerDuty. Read every 15 minutes; the last good one is kept.") @Nullable PagerDutySchedule pagerDuty) {
    /** Also the name of a file. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private static final Pattern URL = Pattern.compile("(https?|webcal)://[^/\\s]+\\S*");
    private static final Pattern SCHEDULE = Pattern.compile("[A-Z0-9]{2,32}");

    /** Fills in the defaults. */
    public CalendarConfig {
        areas = ConfigCollections.orEmpty(areas);
        level = level == null ? Level.PRIMARY : level;
    }

    /** A schedule of PagerDuty that an escalation policy uses. */
    public record PagerDutySchedule(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Id of the schedule, the last part of its address, such as PI7DH85.")
            String schedule,

            @JsonProperty(required = true)
            @JsonPropertyDescription("File with a read-only API key, relative to this file.")
            String tokenFile,

            @JsonPropertyDescription(
                    "URL of the REST API; default https://api.pagerduty.com, in the EU https://api.eu.pagerduty.com.")
            String url) {
        /** Fills in the default. */
        public PagerDutySchedule {
            url = Objects.requireNonNullElse(url, "https://api.pagerduty.com");
        }
    }

    /** Whether it is read over the network. */
    public boolean isRemote() {
        return file == null;
    }

    void check(ConfigValidator check) {
        for (int index = 0; index < areas.size(); index++) {
            check.area(areas.get(index), "areas", index);
        }
        if (!NAME.matches(name)) {
            check.report("\"" + name + "\" is not a name", "use letters, digits, dots and hyphens", "name");
        }
        if (MemberZone.parse(zone).isEmpty()) {
            check.report("\"" + zone + "\" is not an IANA time zone", "write it as Europe/Berlin", "zone");
        }
        if (Stream.of(file, url, urlFile, pagerDuty).filter(Objects::nonNull).count() != 1) {
            check.report("needs one source", "write one of file, url, urlFile and pagerDuty");
        }
        url(check, url, "url");
        if (pagerDuty != null) {
            url(check, pagerDuty.url(), "pagerDuty", "url");
            if (!SCHEDULE.matches(pagerDuty.schedule())) {
                check.report(
                        "\"" + pagerDuty.schedule() + "\" is not the id of a schedule",
                        "copy the last part of its address, such as PI7DH85",
                        "pagerDuty",
                        "schedule");
            }
        }
    }

    private static void url(ConfigValidator check, @Nullable String url, Object... at) {
        if (url != null && !URL.matches(url)) {
            // It may be a private address.
            check.report("is not a URL", "write it with https://", at);
        }
    }

    /**
     * The calendar as a rotation; to be called once the checks have found no problem.
     *
     * @param text the iCalendar
     */
    public Rotation rotation(String text, CalendarPeople people) throws InvalidConfigException {
        MemberZone parsed = MemberZone.parse(zone).orElseThrow();
        String source = file == null ? "calendar " + name : file;
        return new Rotation(name, areas, level, parsed, new CalendarReader(source, parsed.id(), people).read(text));
    }
}
