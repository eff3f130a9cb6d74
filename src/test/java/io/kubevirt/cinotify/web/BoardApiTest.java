// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.RawHttp.Reply;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.store.RunOutcomeTable.Outcome;
import io.kubevirt.cinotify.store.Store;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP, on a store of a Monday morning. */
class BoardApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/v1";
    private static final String SECRET = "s3cret-of-the-proxy";
    private static final Map<String, String> MEMBER = Map.of("X-Forwarded-User", "dhiller", "X-Board-Proxy", SECRET);

    private static BoardFixture board;
    private static Store store;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        board = new BoardFixture(
                store,
                new BoardOptions(
                        0, "0.0.0.0", null, new BoardOptions.Proxy("X-Forwarded-User", secret), null, List.of()));
    }

    @AfterAll
    static void close() {
        board.close();
    }

    private static JsonNode json(Reply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(reply.body(), e);
        }
    }

    private static JsonNode get(String path) {
        Reply reply = board.get(API + path);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return json(reply);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").findValuesAsText("id");
    }

    @Test
    void anIncidentOfALaneNamesWhatMayHaveBrokenIt() {
        JsonNode suspects = get("/incidents/" + MondayMorning.NETWORK).path("suspects");

        assertThat(suspects.path("conclusion").asText()).isNotBlank();
        assertThat(suspects.path("hypotheses").toString()).contains("kubevirt/kubevirt#" + MondayMorning.MERGED);
        assertThat(get("/incidents/2b00000001").path("suspects").isNull()).isTrue();
    }

    @Test
    void openIncidentsAreListedByUrgency() {
        JsonNode page = get("/incidents");

        assertThat(ids(page))
                .containsExactly(
                        MondayMorning.NETWORK, "2b00000001", "3c00000001", MondayMorning.HOSTILE, "4d00000001");
        JsonNode first = page.path("items").get(0);
        assertThat(first.path("response").asText()).isEqualTo("unanswered");
        assertThat(first.path("assignee").asText()).isEqualTo("dhiller");
        assertThat(first.path("notifiedAt").asText()).isEqualTo("2026-11-30T08:04:31Z");
        assertThat(first.path("url").asText()).endsWith("/i/" + MondayMorning.NETWORK);
        assertThat(page.path("withheld").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "state=waiting, 3c00000001",
        "area=prow, 4d00000001",
        "kind=outage, 2b00000001",
        "q=SRIOV, 3c00000001",
        "q=%2319213, 2b00000001",
        "blocking=1&who=ENP0s3, 2b00000001",
        "area=prow&area=bare-metal&state=acknowledged, 4d00000001",
    })
    void filtersSelect(String query, String id) {
        assertThat(ids(get("/incidents?" + query))).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "resolved"})
    void pagesShowEachIncidentOnce(String state) {
        List<String> all = ids(get("/incidents?state=" + state));
        List<String> paged = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get("/incidents?limit=2&state=" + state + after);
            paged.addAll(ids(page));
            after = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
        } while (after != null);

        assertThat(paged).isEqualTo(all).hasSizeGreaterThan(4);
    }

    @Test
    void aCursorThatWasChangedOrBelongsToAnotherListIsRefused() {
        String cursor = get("/incidents?limit=2").path("next").asText();

        for (String query : List.of(
                "limit=2&after=" + cursor.replace(cursor.charAt(3), cursor.charAt(3) == 'A' ? 'B' : 'A'),
                "limit=2&state=resolved&after=" + cursor,
                "after=x",
                "after=%00")) {
            Reply reply = board.get(API + "/incidents?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(json(reply).path("detail").asText()).contains("not a cursor of this list");
        }
    }

    @Test
    void oneIncidentHasEvidenceTimelineAndRuns() {
        JsonNode incident = get("/incidents/" + MondayMorning.NETWORK);
        assertThat(incident.path("id").asText()).isEqualTo(MondayMorning.NETWORK);
        assertThat(incident.path("excerpt").get(2).asText()).contains("i/o timeout");
        assertThat(get("/incidents/1e38a0").path("id").asText()).isEqualTo(MondayMorning.NETWORK);

        JsonNode events = get("/incidents/" + MondayMorning.NETWORK + "/events?limit=3");
        assertThat(events.path("items").findValuesAsText("kind")).containsExactly("worse", "diagnosed", "notified");
        assertThat(get("/incidents/" + MondayMorning.NETWORK + "/events?after="
                                + events.path("next").asText())
                        .path("items")
                        .findValuesAsText("kind"))
                .containsExactly("opened");

        JsonNode runs = get("/incidents/" + MondayMorning.NETWORK + "/runs");
        assertThat(runs.path("items").findValuesAsText("outcome")).hasSize(9).containsOnly("notified");
    }

    @Test
    void aRunIsAnsweredByItsAddress() {
        String notified = get("/incidents/" + MondayMorning.NETWORK + "/runs")
                .path("items")
                .get(0)
                .path("url")
                .asText();
        JsonNode answer = get("/runs/outcome?url=" + URLEncoder.encode(notified, StandardCharsets.UTF_8));
        assertThat(answer.path("answer").asText()).isEqualTo("dhiller was notified of this run.");
        assertThat(answer.path("incident").path("id").asText()).isEqualTo(MondayMorning.NETWORK);

        Reply unknown = board.get(API + "/runs/outcome?build=4711");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(json(unknown).path("detail").asText()).contains("was not seen", "kept for 30 days");
        Reply foreign = board.get(API + "/runs/outcome?url=https://example.org/x");
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(json(foreign).path("detail").asText()).contains("not the address of a run");
    }

    @Test
    void rosterCountsAndStatusAreAnswered() {
        assertThat(get("/roster?area=sig-support&at=2026-11-30T10:00:00Z")
                        .path("items")
                        .get(0)
                        .path("area")
                        .asText())
                .isEqualTo("sig-support");
        JsonNode week = get("/roster/week?week=2026-W49&zone=Europe/Berlin");
        assertThat(week.path("from").asText()).isEqualTo("2026-11-29T23:00:00Z");
        assertThat(week.path("areas")).isNotEmpty();
        assertThat(get("/lanes/days?days=2").path("items").findValuesAsText("family"))
                .contains("kubevirt/kubevirt pull-kubevirt-e2e-sig-network");
        JsonNode status = get("/status");
        assertThat(status.path("state").asText()).isEqualTo("closed");
        assertThat(status.path("incidents").path("blocking").asInt()).isEqualTo(2);
        assertThat(get("/bumps").path("items").findValuesAsText("phase")).containsExactly("red", "green", "merged");
        assertThat(get("/activity/days").path("items").findValuesAsText("outcome"))
                .contains("notified", "suppressed");
        assertThat(get("/openapi.json").path("paths").size()).isEqualTo(13);
    }

    @Test
    void testsHaveTheirShares() {
        JsonNode test =
                get("/tests?order=flaky&limit=1&lane=1.34").path("items").get(0);
        assertThat(test.path("name").asText()).isEqualTo("[sig-network] Services should reach a VMI by its name");
        assertThat(test.path("failed").asInt()).isEqualTo(8);
        assertThat(test.path("failureShare").asDouble()).isEqualTo(7.1);
        assertThat(test.path("flakeShare").asDouble()).isEqualTo(100);
        assertThat(test.path("lanes").findValuesAsText("lane"))
                .containsExactly("kubevirt/kubevirt " + MondayMorning.LANE);
        assertThat(get("/tests?sig=compute").path("items")).isEmpty();
    }

    @Test
    void countsAreAlsoTables() {
        Reply table = board.get(API + "/lanes/days?days=1&format=csv&q=unit-0");
        assertThat(table.headers().get("content-type")).startsWith("text/csv");
        assertThat(table.body().lines())
                .containsExactly(
                        "family,lane,day,finished,failed,flaky",
                        "kubevirt/kubevirt pull-kubevirt-unit-0,kubevirt/kubevirt pull-kubevirt-unit-0,2026-11-30,8,0,0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/incidents?sigg=network | did you mean sig?",
                "/incidents?state=broken | state=broken is none of: open, resolved",
                "/incidents?limit=0 | not a number from 1 to 200",
                "/incidents?since=yesterday | is not an instant",
                "/roster/week?zone=Mars/Base | not a time zone",
                "/roster/week?week=49 | write 2026-W49",
                "/roster/week?week=%2B999999999-W52 | is not a week of the years 2000 to 2099",
                "/roster?at=%2B1000000000-12-31T23:59:59Z | is not an instant of the years 2000 to 2099",
                "/explain?job=x&at=-1000000000-01-01T00:00:00Z | is not an instant of the years 2000 to 2099",
                "/roster?area=nowhere | is none of: ",
                "/lanes/days?days=9999 | from 1 to 90",
                "/tests?order=worst | order=worst is none of: failed, flaky, broken",
                "/tests?test=canary | not a number",
                "/explain | no job given",
                "/runs/outcome | give either url or build",
            })
    void badRequestsAreNamed(String path, String problem) {
        Reply reply = board.get(API + path.strip());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(json(reply).path("detail").asText()
                        + json(reply).path("hint").asText())
                .contains(problem);
    }

    @ParameterizedTest
    @EnumSource(SuppressionReason.class)
    void everyReasonOfSuppressionIsAnswered(SuppressionReason reason) {
        String build = "9" + (100 + reason.ordinal());
        JobRun run = JobRun.builder("pull-kubevirt-unit-0", JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("kubevirt/kubevirt"))
                .build(build, "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/x/" + build)
                .times(new JobRun.RunTimes(MondayMorning.NOW, MondayMorning.NOW, MondayMorning.NOW))
                .build();
        Diagnosis diagnosis =
                new Diagnosis(Cause.TEST, Diagnosis.NO_SIG, "sig-support", Confidence.LOW, "fallback", List.of());
        store.inTransaction(transaction -> {
            transaction.runs(MondayMorning.NOW).advance(run, Visibility.PUBLIC);
            transaction
                    .runOutcomes(MondayMorning.NOW)
                    .add(
                            run,
                            diagnosis,
                            new Outcome("d" + build, "suppressed", reason.value(), null, List.of("the trace")));
            return true;
        });

        JsonNode answer = get("/runs/outcome?build=" + build);

        assertThat(answer.path("answer").asText())
                .startsWith("Nobody was notified of this run. ")
                .endsWith(".");
        assertThat(answer.path("steps").findValuesAsText("text"))
                .contains("the trace", "suppressed: " + reason.value());
    }

    @Test
    void tooManyFiltersAndLongAddressesAreNoFailure() {
        assertThat(board.get(API + "/incidents?" + "area=a&".repeat(250)).status())
                .isEqualTo(200);
        assertThat(board.get(API + "/incidents?q=" + "x".repeat(10_000)).status())
                .isIn(414, 400);
        assertThat(board.get(API + "/incidents/..%2f..%2fetc").status()).isEqualTo(404);
        assertThat(board.send("DELETE", "127.0.0.1", API + "/incidents", Map.of(), "")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void anAnswerThatDidNotChangeIsNotSentAgain() {
        Reply first = board.get(API + "/incidents");
        Reply again = board.get(
                API + "/incidents", Map.of("If-None-Match", first.headers().get("etag"), "Connection", "close"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aPublicRunDoesNotNameAPrivateIncident() {
        JobRun run = JobRun.builder("pull-of-another", JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("kubevirt/kubevirt"))
                .build("8100", "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/x/8100")
                .times(new JobRun.RunTimes(MondayMorning.NOW, MondayMorning.NOW, MondayMorning.NOW))
                .build();
        Diagnosis diagnosis =
                new Diagnosis(Cause.TEST, Diagnosis.NO_SIG, "sig-support", Confidence.LOW, "fallback", List.of());
        store.inTransaction(transaction -> {
            transaction.runs(MondayMorning.NOW).advance(run, Visibility.PUBLIC);
            transaction
                    .runOutcomes(MondayMorning.NOW)
                    .add(run, diagnosis, new Outcome("d8100", "suppressed", "joined-open-incident", null, List.of()));
            transaction.runOutcomes(MondayMorning.NOW).join(Map.of(ObservedRun.idOf(run), MondayMorning.PRIVATE));
            return true;
        });

        assertThat(board.get(API + "/runs/outcome?build=8100").body()).doesNotContain(MondayMorning.PRIVATE);
        assertThat(json(board.get(API + "/runs/outcome?build=8100", MEMBER))
                        .path("run")
                        .path("incident")
                        .asText())
                .isEqualTo(MondayMorning.PRIVATE);
    }

    @Test
    void lanesWithoutAStoredRunAreForThoseWhoSeeEverything() {
        Instant ended = MondayMorning.NOW.minus(Duration.ofDays(80));
        store.inTransaction(transaction -> {
            JobRun run = JobRun.builder("pull-forgotten", JobType.PRESUBMIT, JobState.SUCCESS)
                    .repository(Repository.of("kubevirt/kubevirt"))
                    .build("8200", null)
                    .times(new JobRun.RunTimes(ended, ended, ended))
                    .build();
            transaction.runs(ended).advance(run, Visibility.PUBLIC);
            return true;
        });
        String path = API + "/lanes/days?days=90&q=FORGOTTEN";
        assertThat(board.get(path).body()).contains("pull-forgotten");
        store.inTransaction(transaction -> transaction.forgetRunsSeenBefore(ended.plusSeconds(1), 10));

        assertThat(board.get(path).body()).doesNotContain("pull-forgotten");
        assertThat(board.get(path, MEMBER).body()).contains("kubevirt/kubevirt pull-forgotten");
    }

    @Test
    void whatIsNotPublicIsInNoAnswer() {
        List<String> paths = List.of(
                "/incidents",
                "/incidents?state=unanswered&q=canary",
                "/incidents?who=" + MondayMorning.CANARY,
                "/incidents/" + MondayMorning.PRIVATE,
                "/incidents/" + MondayMorning.PRIVATE + "/events",
                "/incidents/" + MondayMorning.PRIVATE + "/runs",
                "/lanes/days",
                "/lanes/days?format=csv",
                "/tests",
                "/tests?order=broken&days=90&limit=200&q=canary",
                "/status",
                "/bumps",
                "/activity/days",
                "/roster",
                "/explain?job=pull-" + MondayMorning.CANARY.charAt(0));
        for (String path : paths) {
            Reply reply = board.get(API + path);
            assertThat(reply.body() + reply.headers()).as(path).doesNotContain(MondayMorning.CANARY);
        }
        assertThat(board.get(API + "/incidents/" + MondayMorning.PRIVATE).body().replace(MondayMorning.PRIVATE, "x"))
                .isEqualTo(board.get(API + "/incidents/dddddddddd").body().replace("dddddddddd", "x"));
    }

    @Test
    void knownPeopleSeeEverythingButOnlyThroughTheProxy() {
        assertThat(board.get(API + "/incidents/" + MondayMorning.PRIVATE, MEMBER)
                        .body())
                .contains(MondayMorning.CANARY);

        for (Map<String, String> other : List.of(
                Map.of("X-Forwarded-User", "dhiller"),
                Map.of("X-Forwarded-User", "dhiller", "X-Board-Proxy", "guess"),
                Map.of("X-Forwarded-User", "unknown-person", "X-Board-Proxy", SECRET))) {
            assertThat(board.get(API + "/incidents/" + MondayMorning.PRIVATE, other)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void anotherNameOfTheHostIsRefused() {
        assertThat(board.send("GET", "127.0.0.2", API + "/status", Map.of(), "").status())
                .isEqualTo(421);
        assertThat(board.get("/elsewhere").status()).isEqualTo(404);
    }

    @Test
    void everyAnswerHasTheHeadersThatBrowsersNeed() {
        for (String path : List.of(API + "/status", API + "/nothing", "/x")) {
            assertThat(board.get(path).headers())
                    .as(path)
                    .containsEntry("x-content-type-options", "nosniff")
                    .hasEntrySatisfying("content-security-policy", policy -> assertThat(policy)
                            .startsWith("default-src 'none'")
                            .doesNotContain("unsafe"));
        }
    }
}
