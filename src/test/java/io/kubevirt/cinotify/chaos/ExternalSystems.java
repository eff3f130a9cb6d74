// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.GitHubFault;
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
    final FakeWebhookTarget webhook = new FakeWebhookTarget();
    private final FakeArtifactStore artifacts = new FakeArtifactStore("logs");
    private final Path home;
    private final Random random;
    private final SlowDisk disk;
    private @Nullable Thread weather;
    private volatile boolean calm;

    ExternalSystems(Path home, long seed) throws IOException {
        this.home = home;
        this.random = new Random(seed * 17);
        github.world().repository(REPOSITORY, "north", "south", "east", "west").collaborator(REPOSITORY, "ada");
        settle();
        slack.server().faults(request -> fault(request.path().endsWith("chat.postMessage")));
        webhook.server().faults(request -> fault(false));
        disk = new SlowDisk(home.resolve("ballast"));
    }

    private void settle() throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        try (Stream<Path> files = Files.list(SETTINGS)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replace("WEBHOOK", webhook.address().toString());
                Files.writeString(config.resolve(file.getFileName().toString()), text);
            }
        }
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

    /** Everything goes wrong now and then. */
    void storm() {
        calm = false;
        weather = Thread.ofVirtual().start(this::blow);
    }

    /** Nothing goes wrong any more. */
    void calm() throws InterruptedException {
        calm = true;
        if (weather != null) {
            weather.join();
        }
        github.clearFaults();
        artifacts.recover();
    }

    /** @param isNew whether what comes late is there once more, rather than an older word than what is there by then */
    private synchronized Optional<Fault> fault(boolean isNew) {
        return switch (calm ? -1 : random.nextInt(60)) {
            case 0 -> Optional.of(Fault.answers(500, "broken"));
            case 1 -> Optional.of(Fault.answers(502, "<html>proxy</html>").afterwards());
            case 2 -> Optional.of(Fault.tooMany(1));
            case 3 -> Optional.of(Fault.cut());
            case 4 -> Optional.of(Fault.drops());
            case 5 -> Optional.of(Fault.drops().afterwards());
            case 6 ->
                random.nextInt(5) > 0
                        ? Optional.empty()
                        : Optional.of(Fault.hangs().afterwards());
            case 7, 8 -> isNew ? Optional.of(Fault.late()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private synchronized Optional<GitHubFault> githubFault() {
        return switch (random.nextInt(8)) {
            case 0 -> Optional.of(GitHubFault.status(500, "broken"));
            case 1 -> Optional.of(GitHubFault.retryAfter(429, 1));
            case 2 -> Optional.of(GitHubFault.lost(GitHubFault.How.CUT));
            case 3 -> Optional.of(GitHubFault.lost(GitHubFault.How.BAD_JSON));
            case 4 -> Optional.of(GitHubFault.lost(GitHubFault.How.SERVER_ERROR));
            case 5 -> random.nextInt(5) > 0 ? Optional.empty() : Optional.of(GitHubFault.lost(GitHubFault.How.HANG));
            case 6 -> Optional.of(new GitHubFault.Late(FaultyServer.LATE));
            default -> Optional.empty();
        };
    }

    private void blow() {
        try {
            while (!calm) {
                githubFault().ifPresent(github::failNextWrite);
                Duration absence = Duration.ofMillis(100 + random.nextInt(900));
                switch (random.nextInt(40)) {
                    case 0 -> slack.server().beOffline(absence);
                    case 1 -> webhook.server().beOffline(absence);
                    case 2 -> github.beOffline(absence);
                    case 3 -> artifacts.failAll(500, Map.of());
                    case 4 -> artifacts.recover();
                    case 5, 6 -> disk.press();
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
        Stream.<FaultyServer>of(slack.server(), webhook.server()).forEach(FaultyServer::close);
        github.close();
        artifacts.close();
    }
}
