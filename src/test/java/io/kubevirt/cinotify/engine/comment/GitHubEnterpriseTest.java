// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.PULL;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All of GitHub is one GitHub Enterprise server, named once in the configuration. */
@Timeout(120)
class GitHubEnterpriseTest {

    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";

    @TempDir
    private Path folder;

    private CommentTestPlugin plugin;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        plugin = new CommentTestPlugin(folder, this::configFor);
    }

    @AfterEach
    void close() {
        plugin.close();
    }

    private Path configFor(URI server) {
        try {
            Path config = Files.createDirectory(folder.resolve("config"));
            for (String file : List.of("OWNERS_ALIASES", "sigs.yaml", "ci-notify.yaml", "ci-operations-group.md")) {
                String text = Files.readString(Path.of("config", file));
                Files.writeString(
                        config.resolve(file),
                        file.endsWith(".md")
                                ? text.replace("https://github.com", server.toString())
                                : text.replace("\nprow:\n", "\nprow:\n  github: " + server + "/\n"));
            }
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFailureBecomesAMessageAndACommandIsAnsweredThere() {
        String server = plugin.github.address().toString();
        for (int pull = PULL; pull < PULL + 3; pull++) {
            plugin.receives(
                    StatusPayload.failure().job(LANE).build(pull).pull(pull).ended(plugin.now));
        }
        plugin.elapse(Duration.ofMinutes(10));

        assertThat(plugin.notifications).singleElement().satisfies(notification -> {
            assertThat(plugin.slackText(notification))
                    .contains("<" + server + "/kubevirt/kubevirt/pull/14890|#14890>")
                    .as("no job configuration, no labels")
                    .contains("unknown whether it blocks merging")
                    .doesNotContain("github.com");
            plugin.happens(
                    "issue_comment",
                    CommentPayload.of(
                                    "issue_comment",
                                    "/ci-notify ack " + notification.incident().id())
                            .by("dhiller", "User")
                            .on(server));
        });
        assertThat(plugin.comments()).singleElement().asString().contains("acknowledged");
        assertThat(plugin.github.requests()).isNotEmpty().allSatisfy(request -> assertThat(request)
                .matches("[A-Z]+ /api/v3/.*"));
    }

    /** As GitHub does for a renamed repository. */
    @Test
    void itsRedirectsAreFollowed() {
        plugin.github.world().rename(REPOSITORY, "kubevirt/renamed");

        plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify help").by("trusted-person", "User"));

        assertThat(plugin.github.world().comments("kubevirt/renamed", PULL)).hasSize(1);
    }
}
