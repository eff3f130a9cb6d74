// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Attendee;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.roster.CalendarConfig.PagerDutySchedule;
import io.kubevirt.cinotify.roster.CalendarReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;

/**
 * The people on call by a schedule of PagerDuty, as an iCalendar: of this week and the next twelve, since PagerDuty shows at most
 * 90 days.
 *
 * @see <a href="https://developer.pagerduty.com/api-reference/">PagerDuty's REST API, oncalls</a>
 */
final class PagerDutyRoster {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration AHEAD = Duration.ofDays(12 * 7);
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 100;

    private final BoundedHttpClient client;
    private final Path settings;
    private final Instant since;
    private final Instant until;

    /** @param settings the folder that files with tokens are relative to */
    PagerDutyRoster(BoundedHttpClient client, Path settings, Instant now) {
        this.client = client;
        this.settings = settings;
        this.since = now.atZone(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        this.until = since.plus(AHEAD);
    }

    /** @throws IOException if it is not known who is on call; the message is for the operator */
    String calendar(PagerDutySchedule schedule) throws IOException {
        Map<String, VEvent> events = new TreeMap<>();
        boolean more = true;
        for (int page = 0; more; page++) {
            if (page == MOST_PAGES) {
                throw new IOException(
                        "PagerDuty has more than " + PAGE * MOST_PAGES + " entries for " + schedule.schedule());
            }
            JsonNode answer = page(schedule, page * PAGE);
            for (JsonNode entry : answer.path("oncalls")) {
                if (entry.path("schedule").path("id").asText().equals(schedule.schedule())) {
                    add(events, entry);
                }
            }
            more = answer.path("more").asBoolean();
        }
        if (events.isEmpty()) {
            throw new IOException("PagerDuty has nobody on call by the schedule " + schedule.schedule()
                    + ": check its id, and that an escalation policy uses it");
        }
        ICalendar calendar = new ICalendar();
        calendar.setExperimentalProperty(CalendarReader.KNOWN_UNTIL, until.toString());
        events.values().forEach(calendar::addEvent);
        String text = Biweekly.write(calendar).go();
        return text.lines().filter(line -> !line.startsWith("DTSTAMP")).reduce("", (all, line) -> all + line + "\r\n");
    }

    /** A person is there once for each policy and level that uses the schedule. */
    private void add(Map<String, VEvent> events, JsonNode entry) throws IOException {
        JsonNode user = entry.path("user");
        Instant start = instant(entry.path("start"), since);
        Instant end = instant(entry.path("end"), until);
        VEvent event = new VEvent();
        event.setUid(user.path("id").asText() + "-" + start);
        event.setDateStart(Date.from(start));
        event.setDateEnd(Date.from(end));
        String name = user.path("name").asText(user.path("summary").asText());
        event.setSummary(name);
        event.addAttendee(new Attendee(name, user.path("email").asText(null)));
        VEvent other = events.get(event.getUid().getValue());
        if (start.isBefore(end)
                && (other == null || other.getDateEnd().getValue().toInstant().isBefore(end))) {
            events.put(event.getUid().getValue(), event);
        }
    }

    /** Permanent duty has no bounds. */
    private static Instant instant(JsonNode time, Instant bound) throws IOException {
        try {
            return time.isNull()
                    ? bound
                    : java.time.OffsetDateTime.parse(time.asText()).toInstant();
        } catch (DateTimeParseException e) {
            throw new IOException("PagerDuty's answer has no time in \"" + time.asText() + "\"");
        }
    }

    private HttpResult send(HttpRequest request) throws IOException {
        try {
            return client.send(request);
        } catch (RequestFailedException e) {
            throw new IOException(e.getMessage());
        }
    }

    private JsonNode page(PagerDutySchedule schedule, int offset) throws IOException {
        SecretFile token = new SecretFile(settings.resolve(schedule.tokenFile()));
        URI uri = URI.create(schedule.url() + (schedule.url().endsWith("/") ? "" : "/") + "oncalls?schedule_ids%5B%5D="
                + schedule.schedule() + "&include%5B%5D=users&time_zone=UTC&since=" + since + "&until=" + until
                + "&limit=" + PAGE + "&offset=" + offset);
        HttpResult answer = send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Token token=" + token.read())
                .header("Accept", "application/vnd.pagerduty+json;version=2")
                .build());
        String detail = "PagerDuty responded with " + answer.status() + " (" + answer.excerpt() + ")";
        if (answer.status() == 401 || answer.status() == 403) {
            throw new IOException(detail + ": put a read-only API key into " + token.path());
        }
        if (!answer.isSuccess()) {
            throw new IOException(detail);
        }
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (body.path("oncalls").isArray()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new IOException(detail + " without JSON: check pagerDuty.url");
        }
        throw new IOException(detail + " without oncalls: check pagerDuty.url");
    }
}
