// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.CountReader;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a page is made from.
 *
 * @param zone in which times are shown without the script
 * @param handle the login of the reader; null for nobody
 */
public record PageContext(
        ReadContext read, ZoneId zone, @Nullable String handle) {
    private static final int MOST_LANES = 6;
    private static final Pattern INSTANT = Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z");

    Instant now() {
        return read.now();
    }

    @Nullable Moment moment(@Nullable Instant at) {
        return Moment.of(at, now(), zone);
    }

    /** Text from outside, escaped, with its instants as times of the reader. */
    RawString withTimes(String text) {
        String escaped = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        return new RawString(
                INSTANT.matcher(escaped).replaceAll(found -> Matcher.quoteReplacement(time(found.group()))));
    }

    private String time(String text) {
        try {
            return new Moment(Instant.parse(text), now(), zone).clock().getValue();
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    /** The lanes of an incident, as they are counted; the first ones of an outage. */
    static List<String> lanes(IncidentItem incident) {
        String repository = incident.latest() == null || incident.latest().repository() == null
                ? IncidentNames.repository(incident)
                : incident.latest().repository();
        return incident.lanes().stream()
                .limit(MOST_LANES)
                .map(job -> repository.isEmpty() ? job : repository + " " + job)
                .toList();
    }

    /** The days of the lanes of incidents that the reader may see. */
    List<LaneDayItem> days(Stream<IncidentItem> incidents, int days) {
        return new CountReader(read)
                .ofLanes(
                        incidents
                                .flatMap(incident -> lanes(incident).stream())
                                .distinct()
                                .toList(),
                        days);
    }
}
