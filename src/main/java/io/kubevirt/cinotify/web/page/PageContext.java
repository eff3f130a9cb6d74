// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.CountReader;
import io.kubevirt.cinotify.web.api.ReadContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a page is made from.
 *
 * @param zone in which times are shown without the script
 * @param handle the login of the reader; null for nobody
 */
public record PageContext(ReadContext read, ZoneId zone, @Nullable String handle) {
    private static final int MOST_LANES = 6;

    Instant now() {
        return read.now();
    }

    @Nullable Moment moment(@Nullable Instant at) {
        return Moment.of(at, now(), zone);
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
                .ofLanes(incidents.flatMap(incident -> lanes(incident).stream()).distinct().toList(), days);
    }
}
