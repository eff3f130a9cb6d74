// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.MountedFolder;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Rotation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calendars and PagerDuty over HTTP, down to who is on duty. */
class CalendarFetcherTest {
    private static final Instant NOW = Instant.parse("2026-06-03T10:00:00Z");
    private static final String CALENDAR = """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTAMP:20260101T000000Z
            UID:1
            DTSTART:20260601T080000Z
            DTEND:20260608T080000Z
            ATTENDEE;CN=Ada L:mailto:ada@example.org
            SUMMARY:On Call
            END:VEVENT
            END:VCALENDAR
            """;

    @TempDir
    Path folder;

    private final CountDownLatch closed = new CountDownLatch(1);
    private HttpServer server;
    private BoundedHttpClient client;
    private volatile int status = 200;
    private volatile String body = CALENDAR;
    private volatile Charset charset = StandardCharsets.UTF_8;
    private volatile boolean slow;
    private volatile Instant now = NOW;
    private final AtomicInteger requests = new AtomicInteger();
    private Path settings;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/duty.ics", exchange -> answer(exchange, status, body));
        server.createContext("/oncalls", this::oncalls);
        server.start();
        client = new BoundedHttpClient(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        closed.countDown();
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int code, String text) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            if (slow) {
                closed.await();
            }
            byte[] bytes = text.getBytes(charset);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As PagerDuty: two pages, of two policies, with another schedule, an override and permanent duty. */
    private void oncalls(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (!"Token token=secret-key".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !"application/vnd.pagerduty+json;version=2"
                        .equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            answer(exchange, 401, "{\"error\":{\"message\":\"Unauthorized\",\"code\":2006}}");
            return;
        }
        assertThat(query)
                .startsWith("schedule_ids[]=PI7DH85&include[]=users&time_zone=UTC&since=2026-06-01T00:00:00Z"
                        + "&until=2026-08-24T00:00:00Z&limit=100&offset=");
        String first = entry("PI7DH85", "ada@example.org", "\"2026-06-01T08:00:00Z\"", "\"2026-06-08T08:00:00Z\"");
        answer(
                exchange,
                status,
                query.endsWith("=0")
                        ? "{\"oncalls\":[" + first + "," + first + ","
                                + entry("POTHER1", "bob@example.org", "null", "null") + "],\"more\":true}"
                        : "{\"oncalls\":["
                                + entry("PI7DH85", "bob@example.org", "\"2026-06-08T10:00:00+02:00\"", "null")
                                + "],\"more\":false}");
    }

    private static String entry(String schedule, String email, String start, String end) {
        return "{\"user\":{\"id\":\"U" + email.charAt(0)
                + "\",\"summary\":\"Somebody\",\"name\":\"Somebody\",\"email\":\"" + email
                + "\"},\"schedule\":{\"id\":\"" + schedule
                + "\",\"type\":\"schedule_reference\"},\"escalation_level\":1,\"start\":" + start + ",\"end\":" + end
                + "}";
    }

    private void settings(String source) throws IOException {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        settings = MountedFolder.of(Path.of("src/test/resources/settings"), folder.resolve("settings"))
                .path();
        String file = Files.readString(settings.resolve("ci-notify.yaml"));
        Path written = folder.resolve("written");
        Files.createDirectory(written);
        for (String name : List.of("sigs.yaml", "group.md", "OWNERS_ALIASES")) {
            Files.copy(settings.resolve(name), written.resolve(name));
        }
        Files.writeString(written.resolve("token"), "secret-key\n");
        Files.writeString(written.resolve("address"), address + "/duty.ics\n");
        Files.writeString(
                written.resolve("ci-notify.yaml"),
                file.replace(
                                "  document: group.md",
                                "  calendars: [{name: duty, zone: Europe/Berlin, " + source.replace("ADDRESS", address)
                                        + "}]")
                        .replace(
                                "      zone: Europe/Berlin",
                                "      zone: Europe/Berlin\n      names: [ada@example.org]")
                        .replace(
                                "diagnosis:\n",
                                "    bob: {zone: Europe/Berlin, names: [bob@example.org, Boř Novák]}\ndiagnosis:\n"));
        settings = written;
    }

    private Config load() throws Exception {
        return new ConfigLoader(settings, null)
                .withCalendars(folder.resolve("data/calendars"))
                .load();
    }

    private List<String> fetch() throws Exception {
        return texts(new CalendarFetcher(client, folder.resolve("data/calendars"), () -> NOW).fetch(load()));
    }

    private static List<String> texts(List<UnreadSource> unread) {
        return unread.stream().map(UnreadSource::toString).toList();
    }

    private @Nullable String onDuty(String at) throws Exception {
        Member member = load().roster().status("support", Instant.parse(at)).responsible();
        return member == null ? null : member.handle();
    }

    @Test
    void aCalendarOnTheNetworkDecidesWhoIsOnDuty() throws Exception {
        settings("urlFile: address");
        assertThat(load().roster().rotations()).isEmpty();
        assertThat(fetch()).isEmpty();
        assertThat(onDuty("2026-06-03T10:00:00Z")).isEqualTo("ada");
        assertThat(onDuty("2026-06-09T10:00:00Z")).isNull();
    }

    /** At 75 octets, whatever the octets are: in the middle of the á. */
    @ParameterizedTest
    @ValueSource(strings = {"urlFile: address", "file: duty.ics"})
    void aNameThatIsFoldedWithinACharacterIsRead(String source) throws Exception {
        settings(source);
        byte[] name = "SUMMARY:Boř Novák".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream folded = new ByteArrayOutputStream();
        int inside = name.length - 2;
        folded.writeBytes("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260601T080000Z\nDTEND:20260608T080000Z\n"
                .getBytes(StandardCharsets.UTF_8));
        folded.write(name, 0, inside);
        folded.writeBytes("\r\n ".getBytes(StandardCharsets.UTF_8));
        folded.write(name, inside, name.length - inside);
        folded.writeBytes("\nEND:VEVENT\nEND:VCALENDAR\n".getBytes(StandardCharsets.UTF_8));
        body = folded.toString(StandardCharsets.ISO_8859_1);
        charset = StandardCharsets.ISO_8859_1;
        Files.write(settings.resolve("duty.ics"), folded.toByteArray());
        assertThat(fetch()).isEmpty();
        assertThat(onDuty("2026-06-03T10:00:00Z")).isEqualTo("bob");
    }

    @Test
    void anUnchangedCalendarChangesNoFile() throws Exception {
        settings("url: 'ADDRESS/duty.ics'");
        assertThat(fetch()).isEmpty();
        ConfigLoader loader = new ConfigLoader(settings, null).withCalendars(folder.resolve("data/calendars"));
        Config config = loader.load();
        body = CALENDAR.replace("DTSTAMP:2026", "DTSTAMP:2027");
        CalendarFetcher fetcher = new CalendarFetcher(client, folder.resolve("data/calendars"), () -> NOW);
        assertThat(fetcher.fetch(config)).isEmpty();
        assertThat(loader.hasChanged()).isFalse();
        body = CALENDAR.replace("20260608", "20260609");
        assertThat(fetcher.fetch(config)).isEmpty();
        assertThat(loader.hasChanged()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|/duty.ics: go away|the server responded with 401: check the address",
                "301|moved|the server responded with 301: redirects are not followed, write the present address",
                "200|<html>Sign in</html>|calendar duty: is not an iCalendar: it does not start with BEGIN:VCALENDAR; export it as .ics",
                "200|BEGIN:VCALENDAR;BEGIN:VEVENT;DTSTART:20260601T080000Z;DURATION:P1D;SUMMARY:Busy;END:VEVENT;END:VCALENDAR|calendar duty:"
                        + " names nobody who is known; share its events with their titles, and add the names or e-mail"
                        + " addresses in them to roster.members.LOGIN.names",
                "200|BEGIN:VCALENDAR;BEGIN:VEVENT;DTSTART:20260231T080000Z;DURATION:P1D;SUMMARY:ada;END:VEVENT;END:VCALENDAR|calendar duty:"
                        + " has no shift: of the first event, it has a date that does not exist; export the calendar of"
                        + " the people on duty",
                "200|BEGIN:VCALENDAR|calendar duty: is cut off: it does not end with END:VCALENDAR; export it again",
            })
    void theLastGoodCalendarStaysInForce(int code, String lines, String problem) throws Exception {
        settings("url: 'ADDRESS/duty.ics'");
        String text = lines.replace(';', '\n');
        status = code;
        body = text;
        assertThat(fetch())
                .containsExactly(
                        "calendar duty cannot be read; the table, or the next level, decides until it can: " + problem);
        status = 200;
        body = CALENDAR;
        assertThat(fetch()).isEmpty();
        status = code;
        body = text;
        assertThat(fetch())
                .containsExactly("calendar duty cannot be read; the last good one stays in force: " + problem);
        assertThat(onDuty("2026-06-03T10:00:00Z")).isEqualTo("ada");
    }

    /** The user of the address is as secret as its path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "url: 'http://ann:hidden-word@127.0.0.1:1/private-path'",
                "pagerDuty: {schedule: PI7DH85, tokenFile: token, url: 'webcal://h'}",
                "pagerDuty: {schedule: PI7DH85, tokenFile: token, url: 'http://h/{'}",
                "pagerDuty: {schedule: PI7DH85, tokenFile: odd, url: 'ADDRESS'}"
            })
    void aProblemContainsNoSecret(String source) throws Exception {
        settings(source);
        Files.writeString(settings.resolve("odd"), "private-path\nhidden-word");
        assertThat(fetch())
                .singleElement()
                .asString()
                .startsWith("calendar duty cannot be read; ")
                .doesNotContain("private-path", "hidden-word");
        assertThat(Files.exists(folder.resolve("data/calendars"))).isFalse();
    }

    @Test
    void changedSettingsAreReadWithinAMinuteAndTheRestEvery15() throws Exception {
        settings("url: 'ADDRESS/duty.ics'");
        ConfigLoader loader = new ConfigLoader(settings, null).withCalendars(folder.resolve("data/calendars"));
        ConfigAgent agent = new ConfigAgent(loader, () -> now);
        RosterFetcher fetcher = new RosterFetcher(
                new CalendarFetcher(client, folder.resolve("data/calendars"), () -> now),
                new GroupFetcher(folder, GitHubConnection.none()));
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        RosterSync sync = new RosterSync(agent, fetcher, () -> now, metrics);
        status = 503;
        sync.tick();
        assertThat(unreadable(metrics)).isEqualTo("icalendar 1, pagerduty 0, team 0, alias 0");
        assertThat(sync.unreadable())
                .containsExactly("calendar duty cannot be read; the table, or the next level, decides until it can");
        assertThat(sync.call().getData().orElseThrow().get("problem").toString())
                .isEqualTo(
                        "calendar duty cannot be read; the table, or the next level, decides until it can: the server"
                                + " responded with 503: check the address");
        status = 200;
        body = CALENDAR.replace("END:VCALENDAR", """
                BEGIN:VEVENT
                UID:2
                DTSTART:20260608T080000Z
                DTEND:20260615T080000Z
                SUMMARY:Dinner with Zoe
                END:VEVENT
                END:VCALENDAR""");
        sync.tick();
        assertThat(sync.call().getData()).isEmpty();
        assertThat(unreadable(metrics)).isEqualTo("icalendar 0, pagerduty 0, team 0, alias 0");
        agent.refresh();
        sync.tick();
        assertThat(requests).hasValue(2);
        assertThat(sync.call().getData().orElseThrow().get("problem").toString())
                .startsWith("calendar duty: people or events of it are not known")
                .doesNotContain("Zoe");
        Path file = settings.resolve("ci-notify.yaml");
        Files.writeString(file, Files.readString(file).replace("Boř Novák]", "Boř Novák, Dinner with Zoe]"));
        agent.refresh();
        sync.tick();
        assertThat(requests).hasValue(3);
        assertThat(sync.call().getData()).isEmpty();
        now = NOW.plus(Duration.ofMinutes(14));
        sync.tick();
        assertThat(requests).hasValue(3);
        now = NOW.plus(Duration.ofMinutes(15));
        sync.tick();
        assertThat(requests).hasValue(4);
    }

    private static String unreadable(SimpleMeterRegistry metrics) {
        return Stream.of(UnreadSource.Kind.values())
                .map(kind -> kind.value() + " "
                        + (int) metrics.get("ci_notify.roster.sources.unreadable")
                                .tag("kind", kind.value())
                                .gauge()
                                .value())
                .collect(Collectors.joining(", "));
    }

    @Test
    void aServerThatAnswersLateKeepsTheLastGoodCalendar() throws Exception {
        settings("url: 'ADDRESS/duty.ics'");
        assertThat(fetch()).isEmpty();
        slow = true;
        try (BoundedHttpClient impatient = new BoundedHttpClient(Duration.ofMillis(100))) {
            assertThat(texts(new CalendarFetcher(impatient, folder.resolve("data/calendars"), () -> NOW).fetch(load())))
                    .singleElement()
                    .asString()
                    .contains("the last good one stays in force");
        }
        assertThat(onDuty("2026-06-03T10:00:00Z")).isEqualTo("ada");
    }

    @Test
    void aScheduleOfPagerDutyDecidesWhoIsOnDuty() throws Exception {
        settings("pagerDuty: {schedule: PI7DH85, tokenFile: token, url: 'ADDRESS'}");
        assertThat(fetch()).isEmpty();
        assertThat(load().roster().rotations())
                .singleElement()
                .extracting(Rotation::plan)
                .satisfies(plan -> {
                    assertThat(plan.problems("duty")).isEmpty();
                    assertThat(plan.people()).containsExactly("ada", "bob");
                    assertThat(plan.knownUntil()).isEqualTo("2026-08-24T00:00:00Z");
                });
        assertThat(onDuty("2026-06-08T07:59:00Z")).isEqualTo("ada");
        assertThat(onDuty("2026-06-08T08:00:00Z")).isEqualTo("bob");
        Files.writeString(settings.resolve("token"), "revoked");
        assertThat(fetch())
                .singleElement()
                .asString()
                .startsWith(
                        "calendar duty cannot be read; the last good one stays in force: PagerDuty responded with 401 (")
                .endsWith("put a read-only API key into " + settings.resolve("token"));
        assertThat(onDuty("2026-06-08T08:00:00Z")).isEqualTo("bob");
    }
}
