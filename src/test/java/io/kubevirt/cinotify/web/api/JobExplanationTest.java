// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the explanation of a job shows of jobs that the reader may not see: nothing. */
class JobExplanationTest {
    private static Store store;
    private static Config config;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        store = EmbeddedStore.in(folder).store();
        store.inTransaction(transaction -> {
            transaction.visibility().observe(Repository.of("org/secret"), Visibility.PRIVATE);
            return true;
        });
        Path jobs = Files.createDirectory(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("jobs.yaml"), """
                presubmits:
                  org/open:
                  - {name: pull-open-unit}
                  - {name: pull-both}
                  org/secret:
                  - {name: pull-hidden-e2e}
                  - {name: pull-both}
                """);
        config = new ConfigLoader(Path.of("config"), jobs).load();
    }

    private static String ask(Audience audience, String job, @Nullable String repository) {
        return store.read(transaction -> {
            ReadContext context =
                    new ReadContext(transaction, config, Instant.parse("2026-11-30T10:00:00Z"), audience, null);
            try {
                return "explained: "
                        + JobExplanation.of(context, job, repository, null).job();
            } catch (RequestProblem e) {
                return e.getMessage() + "; " + e.body().hint();
            }
        });
    }

    @Test
    void aPublicJobIsExplainedAndNamedIfItIsNear() {
        assertThat(ask(Audience.PUBLIC, "pull-open-unit", null)).isEqualTo("explained: pull-open-unit");
        assertThat(ask(Audience.PUBLIC, "pull-open-unti", null)).endsWith("; did you mean pull-open-unit?");
    }

    @Test
    void aPrivateJobIsExplainedAndNamedOnlyToThoseWhoMaySeeIt() {
        assertThat(ask(Audience.PRIVATE, "pull-hidden-e2e", null)).isEqualTo("explained: pull-hidden-e2e");
        assertThat(ask(Audience.PRIVATE, "pull-hiden-e2e", null)).endsWith("; did you mean pull-hidden-e2e?");

        String nothing = "there is no job \"%s\" that you may see; check its name";
        for (String name : new String[] {"pull-hidden-e2e", "pull-hiden-e2e", "no-such-job-at-all"}) {
            assertThat(ask(Audience.PUBLIC, name, null)).isEqualTo(nothing.formatted(name));
            assertThat(ask(Audience.PUBLIC, name, "org/secret")).isEqualTo(nothing.formatted(name));
        }
    }

    @Test
    void aPrivateRepositoryMakesNoNameAmbiguous() {
        assertThat(ask(Audience.PUBLIC, "pull-both", null)).isEqualTo("explained: pull-both");
        assertThat(ask(Audience.PRIVATE, "pull-both", null)).contains("add repo=org/open or repo=org/secret");
    }
}
