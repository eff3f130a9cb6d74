// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.RawHttp.Reply;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentTimeline;
import io.kubevirt.cinotify.store.Store;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages over HTTP, on a store of a Monday morning. */
class BoardPagesTest {
    private static final String SECRET = "s3cret-of-the-proxy";
    private static final String SRIOV = "3c00000001";
    private static final String INCIDENT = "/incidents/" + MondayMorning.NETWORK;
    private static final Map<String, String> MEMBER = Map.of("X-Forwarded-User", "dhiller", "X-Board-Proxy", SECRET);

    private static BoardFixture board;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        Store store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
        store.inTransaction(transaction -> {
            transaction
                    .incidentEvents()
                    .add(Collections.nCopies(
                            40,
                            new IncidentTimeline.Entry(
                                    SRIOV, MondayMorning.NOW, IncidentTimeline.Kind.WORSE, null, null, "again")));
            return true;
        });
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        board = new BoardFixture(
                store,
                new BoardOptions(
                        0,
                        "0.0.0.0",
                        null,
                        new BoardOptions.Proxy("X-Forwarded-User", secret),
                        null,
                        List.of(URI.create("https://grafana.example.org"), URI.create("http://wall:8080"))));
    }

    @AfterAll
    static void close() {
        board.close();
    }

    private static Document page(String path, Map<String, String> headers) {
        Reply reply = board.get(path, headers);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return Jsoup.parse(reply.body());
    }

    private static Document page(String path) {
        return page(path, Map.of());
    }

    @Test
    void theRosterIsACalendarToo() {
        Reply reply = board.get("/roster.ics?person=DHILLER", Map.of());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .startsWith("BEGIN:VCALENDAR\r\n")
                .contains("SUMMARY:dhiller: ")
                .doesNotContain("dollierp");
        assertThat(board.get("/roster.ics?person=nobody", Map.of()).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?state=resolved",
                INCIDENT,
                "/incidents/" + MondayMorning.HOSTILE,
                "/why",
                "/why?run=nothing",
                "/roster",
                "/lanes",
                "/lanes?family=kubevirt%2Fkubevirt%20pull-kubevirt-e2e-sig-network",
                "/tests",
                "/tests?order=flaky&days=30&sig=network&lane=e2e",
                "/activity?reason=below-threshold",
                "/bumps",
                "/health"
            })
    void everyPageIsWholeWithoutScripts(String path) {
        Document page = page(path);

        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.title()).endsWith(" · ci-notify");
        assertThat(page.select("[style], style, script:not([src])")).isEmpty();
        assertThat(page.getAllElements().stream()
                        .flatMap(element -> element.attributes().asList().stream())
                        .map(attribute -> attribute.getKey()))
                .noneMatch(name -> name.startsWith("on"));
        assertThat(page.select("table"))
                .allSatisfy(table -> assertThat(table.select("th[scope=col]")).isNotEmpty());
        assertThat(page.select("input:not([type=hidden]), select"))
                .allSatisfy(field -> assertThat(field.hasAttr("aria-label")
                                || !page.select("label[for=" + field.id() + "]").isEmpty()
                                || field.closest("label") != null)
                        .as(field.toString())
                        .isTrue());
        assertThat(page.select("svg[role=img]"))
                .allSatisfy(figure -> assertThat(figure.attr("aria-label")).isNotBlank());
        assertThat(page.outerHtml()).doesNotContain(MondayMorning.CANARY);
    }

    @Test
    void everyInternalLinkLeadsSomewhere() {
        for (String path : List.of("/", INCIDENT, "/roster", "/lanes", "/tests", "/health")) {
            for (Element link : page(path).select("a[href^=/], link[href^=/]")) {
                assertThat(board.get(link.attr("href")).status())
                        .as(link.attr("href"))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void nowShowsWhatIsOpenByUrgency() {
        Document page = page("/");

        assertThat(page.select(".banner strong").text()).isEqualTo("Closed");
        assertThat(page.select(".banner span").text())
                .isEqualTo("2 incidents block merging. 1 of them is unanswered; the next person is notified at 12:04.");
        assertThat(page.select(".rows .name").eachText())
                .startsWith("sig-network e2e (k8s 1.34, 1.35)", "Outage of prow-workloads", "sriov e2e");
        assertThat(page.select("#i-" + MondayMorning.NETWORK + " .pill").text()).isEqualTo("No answer");
        assertThat(page.select("#i-" + MondayMorning.NETWORK + " svg").attr("aria-label"))
                .endsWith("12 %, 56 %");
        assertThat(page.text()).contains("1 more incident of repositories that are not public");
        assertThat(page.select("time").first().attr("title")).endsWith("UTC");
        assertThat(page("/?q=nothing-like-it").select(".empty").text()).contains("Nothing matches; 5 open incidents");
    }

    @Test
    void testsAreShownWithTheirLanes() {
        Document page = page("/tests");

        assertThat(page.select("tbody tr")).hasSize(2);
        Element first = page.select("tbody tr").first();
        assertThat(first.select("th > a").text()).isEqualTo("[sig-network] Services should reach a VMI by its name");
        assertThat(first.select("td").eachText()).startsWith("network", "12 of 224 (5.4 %)", "12 (100 %)");
        assertThat(first.select("details .note").eachText().getFirst())
                .isEqualTo("kubevirt/kubevirt " + MondayMorning.LANE + ": 8 failed, 8 flaky");
        assertThat(first.select("details a").attr("href")).startsWith("https://prow.ci.kubevirt.io/view/");
        Element second = page.select("tbody tr").last();
        assertThat(second.select("th > a").text()).isEqualTo("[sig-network] <b>VMI</b> should migrate with a bridge");
        assertThat(second.select(".pill").text()).isEqualTo("quarantined");
        Document one = page(second.select("th > a").attr("href"));
        assertThat(one.select("tbody tr")).hasSize(1);
        assertThat(one.select("details").hasAttr("open")).isTrue();
        assertThat(page("/tests?order=broken").select("tbody th > a").eachText())
                .containsExactly("[sig-network] <b>VMI</b> should migrate with a bridge");
        assertThat(page("/tests", MEMBER).text()).contains("should hide " + MondayMorning.CANARY);
        assertThat(page("/tests?order=worst&test=x").select(".notice").text()).contains("order=worst", "test=x");
    }

    @Test
    void unknownParametersAreNamedAndIgnored() {
        Document page = page("/?sigg=x&state=broken&limit=-1&zone=Mars");
        assertThat(page.select(".notice").text())
                .contains("did you mean sig?", "state=broken", "limit=-1", "zone=Mars");
        assertThat(page.select(".rows li")).hasSize(5);
    }

    @Test
    void furtherPagesKeepTheOtherParameters() {
        String path = "/?limit=2&state=resolved&since=2026-11-01T00:00:00Z&zone=Asia/Tokyo&embed=1";
        Document first = page(path);
        assertThat(first.select("form.search input[type=hidden]").eachAttr("name"))
                .containsExactly("state", "since", "limit", "zone", "embed");
        Document second = page(first.select("p a.button").attr("href"));
        assertThat(second.select(".rows li"))
                .hasSize(2)
                .extracting(Element::id)
                .doesNotContainAnyElementsOf(first.select(".rows li").eachAttr("id"));
        assertThat(second.body().className()).isEqualTo("embed");
        assertThat(second.select("#zone").text()).isEqualTo("Asia/Tokyo");

        String incident = "/incidents/" + SRIOV;
        Document earlier = page(incident
                + page(incident + "?zone=Asia/Tokyo&embed=1")
                        .select("#timeline p a")
                        .attr("href")
                        .replace("#timeline", ""));
        assertThat(earlier.select("#timeline li")).hasSize(10);
        assertThat(earlier.body().className()).isEqualTo("embed");
        assertThat(earlier.select("#zone").text()).isEqualTo("Asia/Tokyo");
    }

    @Test
    void aPlaceOfAnotherListIsRefused() {
        assertThat(board.get("/?after=x").status()).isEqualTo(400);
        assertThat(board.get(INCIDENT + "?runs=x").status()).isEqualTo(400);
    }

    @Test
    void aScreenOnAWallHasNeitherHeadNorFoot() {
        assertThat(page("/?embed=1").body().className()).isEqualTo("embed");
        assertThat(page("/").body().className()).isEmpty();
        assertThat(page("/?embed=please").select(".notice").text()).contains("embed=please");
    }

    @Test
    void onlyPagesWithoutButtonsAreShownInFramesOfOthers() {
        String policy = "content-security-policy";
        assertThat(board.get("/?embed=1").headers().get(policy))
                .endsWith("; frame-ancestors https://grafana.example.org http://wall:8080");
        assertThat(board.get("/").headers().get(policy)).endsWith("; frame-ancestors 'none'");
        assertThat(page(INCIDENT, MEMBER).select("form button")).isNotEmpty();
        assertThat(page(INCIDENT + "?embed=1", MEMBER).select("form button")).isEmpty();
    }

    @Test
    void textFromOutsideStaysText() {
        assertThat(page("/incidents/" + MondayMorning.NETWORK)
                        .select("#d-suspects li")
                        .eachText())
                .anyMatch(line -> line.contains("#" + MondayMorning.MERGED + " \"<script>alert(4)</script>\""));
        Document page = page("/incidents/" + MondayMorning.HOSTILE);
        assertThat(page.select("h1").text()).contains("<script>alert(1)</script>");
        assertThat(page.select("main script, main img, main b:contains(bold)")).isEmpty();
        assertThat(page.select("a[href^=javascript]")).isEmpty();
    }

    @Test
    void anIncidentHasAddressesThatStay() {
        assertThat(board.get("/i/1e38a0").headers().get("location")).isEqualTo(INCIDENT);
        assertThat(board.get("/incidents/1e38a0").headers().get("location")).isEqualTo(INCIDENT);
        assertThat(board.get("/i/" + MondayMorning.PRIVATE).status()).isEqualTo(404);
        assertThat(page(INCIDENT).select(".timeline li").eachText().getFirst()).contains("Worse", "also fails");
    }

    @Test
    void whyAnswersForARunAndForAJob() {
        String run = page(INCIDENT).select("#runs tbody a").first().text();
        assertThat(page("/why?run=" + run).select(".big").text()).isEqualTo("dhiller was notified of this run.");
        assertThat(page("/why?run=4711471147").select(".big").text()).contains("was not seen");
    }

    @Test
    void whyAnswersForAPullRequestAndAnIncident() {
        for (String pull :
                List.of("kubevirt/kubevirt%2319207", "https://github.com/kubevirt/kubevirt/pull/19207/files")) {
            Document page = page("/why?run=" + pull);
            assertThat(page.select("tbody tr").size()).as(page.text()).isGreaterThan(2);
            assertThat(page.select("tbody").text())
                    .contains("dhiller was notified of this run.", MondayMorning.NETWORK);
        }
        assertThat(page("/why?run=kubevirt/other%2319207").select(".big").text())
                .contains("no failed run");
        assertThat(page("/why?run=secret/" + MondayMorning.CANARY + "%2319201").select("tbody"))
                .isEmpty();
        assertThat(page("/why?run=" + MondayMorning.NETWORK).select(".big").text())
                .contains("dhiller is assigned to");
        assertThat(page("/why?run=" + MondayMorning.PRIVATE).select(".big").text())
                .contains("there is no incident");
    }

    @Test
    void timesInAnAnswerAreThoseOfTheReader() {
        String run = page(INCIDENT).select("#runs tbody a").first().text();
        assertThat(page("/why?zone=Asia/Tokyo&run=" + run).select(".steps").text())
                .contains("failure, ended 18:01")
                .doesNotContain("T09:");
    }

    @Test
    void theRosterNamesItsZone() {
        assertThat(page("/roster").select(".lead").text()).isEqualTo("Mon 30 Nov to Sun 6 Dec, UTC");
        assertThat(page("/roster?zone=Europe/Berlin").select("#zone-link").attr("data-zone"))
                .isEqualTo("Europe/Berlin");
    }

    @Test
    void theRosterNamesWhatItIgnoresAndWhenItIs() {
        Document page = page("/roster?week=foo&area=typo");
        assertThat(page.select(".notice").text()).contains("week=foo is not a week", "area=typo is none of: ");
        assertThat(page.select("h1").text()).isEqualTo("Week 2026-W49");
        assertThat(page.select("section.area")).hasSameSizeAs(page("/roster").select("section.area"));

        assertThat(page("/roster?area=sig-support").select("section.area p").text())
                .containsPattern("^(Now |Nobody is at work now)");
        Document then = page("/roster?area=sig-support&at=2026-12-05T12:00:00Z");
        assertThat(then.select("section.area p").text())
                .containsPattern("^(At|Nobody is at work at) Sat 12:00")
                .doesNotContainPattern("(Now|now)");
    }

    @Test
    void lanesCanCountOnlyFlakyRuns() {
        assertThat(page("/lanes?measure=flaky&days=7").select("td.h0")).hasSize(14);
        assertThat(page("/lanes?measure=worst").select(".notice").text()).contains("measure=worst");
    }

    @Test
    void buttonsAreForThoseWhoMay() {
        assertThat(page(INCIDENT).select("form[method=post]")).isEmpty();
        assertThat(page(INCIDENT, MEMBER).select("form[method=post]")).hasSize(5);
    }

    private static Reply post(String action, String form, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(MEMBER);
        headers.put("Origin", "http://127.0.0.1:" + board.port());
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.putAll(more);
        return board.send("POST", "127.0.0.1", INCIDENT + "/" + action, headers, form);
    }

    private static String token() {
        return "token="
                + page(INCIDENT, MEMBER).select("input[name=token]").first().attr("value");
    }

    @Test
    void whatAMemberDoesIsPerformed() {
        board.actions.clear();
        String token = token();
        assertThat(post("acknowledge", token, Map.of()).headers().get("location"))
                .isEqualTo(INCIDENT);
        assertThat(post("snooze", token + "&for=PT4H&force=true", Map.of()).status())
                .isEqualTo(303);
        assertThat(post("wrong-cause", token, Map.of()).status()).isEqualTo(303);
        assertThat(post("reassign", token + "&to=area%3Aprow", Map.of()).status())
                .isEqualTo(303);
        assertThat(post("resolve", token, Map.of("Sec-Fetch-Site", "same-origin"))
                        .status())
                .isEqualTo(303);

        assertThat(board.actions)
                .containsExactly(
                        new IncidentAction.Acknowledge(MondayMorning.NETWORK, "dhiller"),
                        new IncidentAction.Snooze(
                                MondayMorning.NETWORK, "dhiller", MondayMorning.NOW.plus(Duration.ofHours(4)), true),
                        new IncidentAction.Reassign(MondayMorning.NETWORK, "dhiller", null, "prow"),
                        new IncidentAction.Resolve(MondayMorning.NETWORK, "dhiller"));
    }

    @Test
    void aReportOfAWrongCauseHasTheDiagnosis() {
        board.feedback.clear();
        assertThat(post("wrong-cause", token(), Map.of()).status()).isEqualTo(303);

        assertThat(board.feedback).singleElement().satisfies(report -> {
            assertThat(report.kind()).isEqualTo(DiagnosisFeedback.Kind.WRONG_CAUSE);
            assertThat(report.person() + " " + report.rule()).isEqualTo("dhiller named-sig");
        });
    }

    @Test
    void anUnknownIncidentNamesTheNearestOnes() {
        Reply reply = board.get("/incidents/1e38a0c2f5");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(Jsoup.parse(reply.body()).text()).contains("did you mean " + MondayMorning.NETWORK + "?");
        assertThat(board.get("/incidents/cafe00beee").body()).doesNotContain(MondayMorning.PRIVATE);
    }

    @Test
    void theIncidentShowsItsRunsAndWhoIsNotifiedNext() {
        Document page = page(INCIDENT);
        assertThat(page.select("h1").text()).isEqualTo("sig-network e2e (k8s 1.34, 1.35)");
        assertThat(page.select("svg.strip").attr("aria-label")).isEqualTo("6 of the last 10 runs failed");
        assertThat(page.select("#assignee dt").eachText()).contains("Next", "Why");
    }

    @Test
    void aFormFromElsewhereIsRefused() {
        board.actions.clear();
        String token = token();
        for (Map<String, String> other : List.of(
                Map.of("Origin", "https://evil.example.org"),
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("X-Board-Proxy", "guess"),
                Map.of("X-Forwarded-User", "unknown-person"))) {
            assertThat(post("acknowledge", token, other).status())
                    .as(other.toString())
                    .isEqualTo(403);
        }
        assertThat(post("acknowledge", "token=old", Map.of()).status()).isEqualTo(403);
        assertThat(post("acknowledge", "token=%zz", Map.of()).status()).isEqualTo(400);
        assertThat(post("acknowledge", "x".repeat(5_000), Map.of()).status()).isEqualTo(413);
        assertThat(post("snooze", token + "&for=P99D", Map.of()).status()).isEqualTo(400);
        assertThat(post("reassign", token + "&to=nobody-known", Map.of()).status())
                .isEqualTo(400);
        assertThat(board.actions).isEmpty();
    }

    @Test
    void anErrorKeepsTheFrame() {
        Reply missing = board.get("/nothing");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(Jsoup.parse(missing.body()).select("nav a")).hasSizeGreaterThan(5);
    }
}
