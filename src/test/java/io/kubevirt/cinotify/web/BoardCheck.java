// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.Chromium;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * {@code make board-check}: opens every page of the board of {@link MondayMorning} in Chromium, light and dark, wide and narrow, in two
 * zones, with and without scripts. Ends with an error if axe finds a violation, the console shows an error, a page scrolls sideways or
 * needs scripts. The first argument is the file of axe; a second one is a folder for pictures.
 */
final class BoardCheck {
    private static final String INCIDENT = "/incidents/" + MondayMorning.NETWORK;
    private static final List<String> PAGES = List.of(
            "/",
            "/?state=resolved",
            "/?area=nowhere&sigg=x",
            "/?embed=1",
            INCIDENT,
            "/incidents/" + MondayMorning.HOSTILE,
            "/why?job=pull-kubevirt-e2e-k8s-1.34-sig-network",
            "/why?run=4711471147",
            "/roster",
            "/lanes",
            "/tests",
            "/activity?reason=below-threshold",
            "/bumps",
            "/health",
            "/nothing");
    private static final int WIDE = 1_280;
    private static final int NARROW = 390;
    private static final int HEIGHT = 900;
    private static final String AXE =
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
                    + " 'best-practice'], resultTypes: ['violations']}).then(found => found.violations.map(each => each.id + ': ' + each.nodes.slice(0, 3)"
                    + ".map(node => node.target.join(' ') + ' ' + node.any.concat(node.all).map(check => check.message)[0]).join(' | ')))";

    private final Chromium chromium;
    private final String axe;
    private final String base;
    private final List<String> problems = new ArrayList<>();
    private int views;

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private BoardCheck(Chromium chromium, String axe, int port) {
        this.chromium = chromium;
        this.axe = axe;
        this.base = "http://127.0.0.1:" + port;
    }

    public static void main(String... arguments) throws Exception {
        Path axe = Path.of(arguments[0]);
        Optional<Chromium> started = Files.exists(axe) ? Chromium.start() : Optional.empty();
        if (started.isEmpty()) {
            System.out.println("board-check is skipped: "
                    + (Files.exists(axe)
                            ? "Chromium is not installed (Debian: apt-get install chromium)"
                            : "axe-core is not there, which npm downloads (Debian: apt-get install npm)"));
            return;
        }
        Path folder = Files.createTempDirectory("board-check");
        Path key = Files.writeString(folder.resolve("key"), KEY);
        BoardOptions.GitHubApp gitHub =
                new BoardOptions.GitHubApp(Files.writeString(folder.resolve("client"), "unused"), key);
        Store store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store, arguments.length == 1);
        try (Chromium chromium = started.get();
                BoardFixture board =
                        new BoardFixture(store, new BoardOptions(0, "127.0.0.1", null, null, gitHub, List.of()))) {
            BoardCheck check = new BoardCheck(chromium, Files.readString(axe), board.port());
            if (arguments.length > 1) {
                check.pictures(Path.of(arguments[1]));
                return;
            }
            check.all();
            check.problems.forEach(System.out::println);
            System.out.println("board-check: " + check.views + " views, problems: " + check.problems.size());
            if (!check.problems.isEmpty()) {
                System.exit(1);
            }
        }
    }

    private void all() throws Exception {
        for (int width : List.of(WIDE, NARROW)) {
            for (boolean dark : List.of(false, true)) {
                view(width, dark, dark ? "Asia/Jerusalem" : "Europe/Berlin");
                for (String page : PAGES) {
                    check(page, width + (dark ? " dark " : " light ") + page);
                }
                signIn(true);
                check(INCIDENT, width + (dark ? " dark " : " light ") + INCIDENT + " of a member");
                signIn(false);
            }
            chromium.send("Emulation.setScriptExecutionDisabled", Map.of("value", true));
            for (String page : PAGES) {
                withoutScripts(page, width);
            }
            chromium.send("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    private void view(int width, boolean dark, String zone)
            throws InterruptedException, ExecutionException, TimeoutException {
        chromium.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        chromium.send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        chromium.send("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
    }

    private void signIn(boolean member) throws InterruptedException, ExecutionException, TimeoutException {
        String session = SignedText.write("dhiller", SignIn.SESSION, MondayMorning.NOW.plus(SignIn.SESSION_TIME), KEY);
        chromium.send(
                "Network.setExtraHTTPHeaders",
                Map.of("headers", member ? Map.of("Cookie", SignIn.COOKIE + "=" + session) : Map.of()));
    }

    private void check(String page, String name) throws InterruptedException, ExecutionException, TimeoutException {
        views++;
        chromium.open(base + page);
        if (chromium.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean()) {
            problems.add(name + ": scrolls sideways");
        }
        chromium.evaluate(axe + "; 0");
        for (JsonNode violation : chromium.evaluate(AXE)) {
            problems.add(name + ": " + violation.asText());
        }
        chromium.errors().stream()
                .filter(error -> !page.equals("/nothing") && !error.contains("status of 404"))
                .forEach(error -> problems.add(name + ": console: " + error));
    }

    private void withoutScripts(String page, int width)
            throws InterruptedException, ExecutionException, TimeoutException {
        views++;
        chromium.open(base + page);
        JsonNode root = chromium.send("DOM.getDocument", Map.of()).path("root");
        String name = width + " without scripts " + page;
        for (String selector : List.of("h1", "main", "nav a")) {
            if (chromium.send(
                                    "DOM.querySelector",
                                    Map.of("nodeId", root.path("nodeId").asInt(), "selector", selector))
                            .path("nodeId")
                            .asInt()
                    == 0) {
                problems.add(name + ": has no " + selector);
            }
        }
        int shown = chromium.send("Page.getLayoutMetrics", Map.of())
                .path("cssContentSize")
                .path("width")
                .asInt();
        if (shown > width) {
            problems.add(name + ": scrolls sideways");
        }
    }

    /** The pages as they are on {@link MondayMorning}, for the documentation. */
    private void pictures(Path folder) throws Exception {
        chromium.send(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of(
                        "source",
                        "{ const Real = Date; const ahead = "
                                + MondayMorning.NOW.toEpochMilli()
                                + " - Real.now(); Date = class extends Real { constructor(...given) {"
                                + " given.length ? super(...given) : super(Real.now() + ahead); } static now() { return Real.now() + ahead; } }; }"));
        signIn(true);
        picture(folder, "now", "/", WIDE, 960, false);
        picture(folder, "now-phone", "/", NARROW, 1_000, false);
        picture(folder, "incident", INCIDENT, WIDE, 1_000, false);
        picture(folder, "incident-dark", INCIDENT, WIDE, 1_000, true);
        picture(folder, "why", "/why?run=" + run(), WIDE, 800, false);
        picture(folder, "roster", "/roster?zone=Europe/Berlin", WIDE, 900, false);
        picture(folder, "lanes", "/lanes", WIDE, 500, false);
        picture(folder, "activity", "/activity?reason=below-threshold", WIDE, 800, false);
        picture(folder, "tests", "/tests", WIDE, 500, false);
        picture(folder, "bumps", "/bumps", WIDE, 800, false);
        picture(folder, "health", "/health", WIDE, 700, false);
    }

    private String run() throws InterruptedException, ExecutionException, TimeoutException {
        chromium.open(base + INCIDENT);
        return chromium.evaluate("document.querySelector('#runs tbody a').textContent")
                .asText();
    }

    private void picture(Path folder, String name, String page, int width, int height, boolean dark) throws Exception {
        view(width, dark, "Europe/Berlin");
        chromium.open(base + page);
        JsonNode picture = chromium.send(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "webp",
                        "quality",
                        60,
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        Files.write(
                folder.resolve("board-" + name + ".webp"),
                Base64.getDecoder().decode(picture.path("data").asText()));
    }
}
