// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeJira;
import io.kubevirt.cinotify.fixture.FakeMattermost;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSmtp;
import io.kubevirt.cinotify.fixture.FakeTeams;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.Lag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** External systems with injected faults until {@link #calm}. */
final class ExternalSystems implements AutoCloseable {

    static final String REPOSITORY = "example/ci";

    private static final Path SETTINGS = Path.of("src/test/resources/chaos");

    final FakeSlack slack = new FakeSlack()
            .channel("ci")
            .channel("ci-north")
            .channel("ci-south")
            .channel("ci-east")
            .channel("ci-west");
    final FakeGitHub github = new FakeGitHub();

    /** Its transitions are global and drop comments. */
    final FakeJira jira = new FakeJira();

    final FakeWebhookTarget webhook = new FakeWebhookTarget();

    /** Receives only {@code opened} and {@code resolved}. */
    final FakeWebhookTarget summary = new FakeWebhookTarget();

    final FakeMattermost mattermost = new FakeMattermost();

    /** It can neither edit nor find what it shows. */
    final FakeTeams teams = new FakeTeams();

    final FakeSmtp mail = new FakeSmtp();
    final WriteLog writes = new WriteLog();
    private final FakeArtifactStore artifacts = new FakeArtifactStore("logs");
    private final Path home;
    private final FaultPlan plan;
    private final Random random;
    private final SlowDisk disk;
    private @Nullable Thread weather;
    private volatile boolean calm;
    private int calls;
    private int failed;
    private int late;
    private volatile Runnable crash = () -> {};

    ExternalSystems(Path home, long seed, FaultPlan plan) throws IOException {
        this.home = home;
        this.plan = plan;
        this.random = new Random(seed * 17);
        github.world().repository(REPOSITORY, "north", "south", "east", "west").collaborator(REPOSITORY, "ada");
        slack.lag(Lag.random(seed, 2, plan.lag()));
        github.world().lag(Lag.random(seed + 1, 2, plan.lag()), Lag.random(seed + 2, 2, plan.lag()));
        jira.globalTransitions();
        jira.lag(Lag.random(seed + 3, 2, plan.lag()));
        settle();
        slack.server().faults(request -> fault(request, request.path().contains("/chat.")));
        webhook.server().faults(request -> fault(request, true));
        summary.server().faults(request -> fault(request, true));
        github.faults((method, body) -> githubFault(!method.equals("GET"), body));
        jira.server()
                .faults(request -> fault(
                        request,
                        !request.method().equals("GET") && !request.path().endsWith("/search")));
        mattermost.server().faults(request -> fault(request, !request.method().equals("GET")));
        teams.server().faults(request -> fault(request, true));
        mail.misbehave(this::mishap);
        disk = new SlowDisk(home.resolve("ballast"));
    }

    private void settle() throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        try (Stream<Path> files = Files.list(SETTINGS)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replace("WEBHOOK", webhook.address().toString())
                        .replace("SUMMARY", summary.address().toString())
                        .replace("JIRA", jira.address().toString())
                        .replace("MATTERMOST", mattermost.address().toString())
                        .replace("SMTP_PORT", String.valueOf(mail.port()));
                Files.writeString(config.resolve(file.getFileName().toString()), text);
            }
        }
        Files.writeString(config.resolve("jira-token"), FakeJira.TOKEN);
        Files.writeString(config.resolve("mattermost-token"), FakeMattermost.TOKEN);
        Files.writeString(config.resolve("teams-url"), teams.url());
        Files.writeString(home.resolve("slack-token"), FakeSlack.TOKEN);
        Files.writeString(home.resolve("github-token"), "good-token");
    }

    /** The options by which a plugin lives in it. */
    List<String> options() {
        return List.of(
                "--dry-run=false",
                "--config=" + home.resolve("config"),
                "--slack-endpoint=" + slack.endpoint(),
                "--slack-token-file=" + home.resolve("slack-token"),
                "--github-endpoint=" + github.address(),
                "--github-token-path=" + home.resolve("github-token"),
                "--artifacts-endpoint=" + artifacts.address());
    }

    /** What ends the database at once, now and then. */
    void crashing(Runnable database) {
        crash = database;
    }

    /** Everything goes wrong now and then. */
    void storm() {
        calm = false;
        weather = Thread.ofVirtual().start(this::blow);
    }

    /** Nothing goes wrong any more, but what is late still comes. */
    void calm() throws InterruptedException {
        calm = true;
        if (weather != null) {
            weather.join();
        }
        github.clearFaults();
        artifacts.recover();
    }

    /** @param isWrite whether it may be carried out after it failed */
    private synchronized Optional<Fault> fault(FaultyServer.Request request, boolean isWrite) {
        if (isWrite) {
            writes.arrived(request.body());
            writes.arrived(String.valueOf(request.headers().getFirst("Idempotency-Key")));
        }
        if (isSpared()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (random.nextInt(isWrite ? 14 : 10)) {
                    case 0 -> Fault.answers(500, "broken");
                    case 1 -> Fault.answers(502, "<html>proxy</html>").afterwards();
                    case 2 -> Fault.tooMany(1);
                    case 3 -> Fault.cut();
                    case 4 -> Fault.drops();
                    case 5 -> Fault.drops().afterwards();
                    case 6 -> Fault.answers(200, "<html>login</html>").afterwards();
                    case 7 -> Fault.answers(200, "").afterwards();
                    case 8 -> Fault.forbidden(1);
                    case 9 ->
                        random.nextInt(8) > 0 ? Fault.drops() : Fault.hangs().afterwards();
                    default -> Fault.late().landsAfter(latency());
                });
    }

    private synchronized @Nullable GitHubFault githubFault(boolean isWrite, String body) {
        if (isWrite) {
            writes.arrived(body);
        }
        if (isSpared()) {
            return null;
        }
        return switch (random.nextInt(isWrite ? 10 : 6)) {
            case 0 -> GitHubFault.status(500, "broken");
            case 1 -> GitHubFault.retryAfter(429, 1);
            case 2 -> GitHubFault.lost(GitHubFault.How.CUT);
            case 3 -> GitHubFault.lost(GitHubFault.How.BAD_JSON);
            case 4 -> GitHubFault.lost(GitHubFault.How.SERVER_ERROR);
            case 5 -> random.nextInt(8) > 0 ? GitHubFault.retryAfter(403, 1) : GitHubFault.lost(GitHubFault.How.HANG);
            default -> new GitHubFault.Late(latency());
        };
    }

    /** What can happen to a mail; the connection ends unless there is a reply. */
    private synchronized FakeSmtp.@Nullable Mishap mishap() {
        if (isSpared()) {
            return null;
        }
        return switch (random.nextInt(4)) {
            case 0 -> new FakeSmtp.Mishap("451 4.3.0 try again later", null);
            case 1 -> new FakeSmtp.Mishap(null, null);
            case 2 -> new FakeSmtp.Mishap(null, Duration.ZERO);
            default -> new FakeSmtp.Mishap(null, latency());
        };
    }

    private boolean isSpared() {
        if (calm) {
            return true;
        }
        boolean spared = random.nextInt(100) >= plan.percent();
        calls++;
        failed += spared ? 0 : 1;
        return spared;
    }

    /** What was drawn so far, on one line. */
    synchronized String faults() {
        return failed + " of " + calls + " calls failed, " + late + " writes were late";
    }

    private Duration latency() {
        late++;
        return Duration.ofMillis(random.nextLong(1 + plan.late().toMillis()));
    }

    private void blow() {
        try {
            while (!calm) {
                Duration absence = Duration.ofMillis(100 + random.nextInt(900));
                switch (random.nextInt(60)) {
                    case 0 -> slack.server().beOffline(absence);
                    case 1 -> webhook.server().beOffline(absence);
                    case 2 -> github.beOffline(absence);
                    case 3 -> artifacts.failAll(500, Map.of());
                    case 4 -> artifacts.recover();
                    case 5, 6 -> disk.press();
                    case 7 -> crash.run();
                    case 8 -> slack.server().outage(Fault.answers(401, "who are you"), absence);
                    case 9 -> github.outage(GitHubFault.secondaryLimit(), absence);
                    case 10 -> jira.server().beOffline(absence);
                    case 11 -> jira.server().outage(Fault.answers(401, ""), absence);
                    case 12 -> mattermost.server().beOffline(absence);
                    case 13 -> teams.server().beOffline(absence);
                    default -> Thread.sleep(200 + random.nextInt(400));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Stream.<FaultyServer>of(
                        slack.server(),
                        jira.server(),
                        webhook.server(),
                        summary.server(),
                        mattermost.server(),
                        teams.server())
                .forEach(FaultyServer::close);
        mail.close();
        github.close();
        artifacts.close();
    }
}
