// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import io.kubevirt.cinotify.web.page.HealthPage;
import io.kubevirt.cinotify.web.page.PageContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors may show paths, addresses and private names, so not everybody sees them. */
class StatusReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String ERROR = "GET https://deck.internal/secret-job: 500";
    private static final String REFUSED = "/etc/ci-notify/ci-notify.yaml:7: destination secret-channel";
    private static final StatusReader.Plugin PLUGIN = new StatusReader.Plugin(
            Map.of("prowjobs", new SourceStatus(false, NOW, NOW, ERROR, NOW, 9, 9)),
            List.of("for everybody"),
            List.of(REFUSED),
            "ci-notify 0.2.0",
            false);

    @TempDir
    private Path folder;

    private HealthPage page(Audience audience) {
        return EmbeddedStore.in(folder).store().read(transaction -> {
            ReadContext context = new ReadContext(transaction, Preset.settings(), NOW, audience, null);
            StatusItem status = new StatusReader(context).status(new IncidentReader(context).open(), PLUGIN);
            return HealthPage.of(new PageContext(context, ZoneOffset.UTC, null), status, PLUGIN);
        });
    }

    @Test
    void everybodySeesThatSomethingFails() {
        HealthPage page = page(Audience.PUBLIC);

        assertThat(page.status().sources().getFirst().problem()).isEqualTo("fails; see the log");
        assertThat(page.sources().getFirst().problem()).isEqualTo("fails; see the log");
        assertThat(page.problems())
                .startsWith("for everybody", "the last change of the settings was refused; see the log");
        assertThat(page.toString()).doesNotContain(ERROR, REFUSED);
    }

    @Test
    void knownPeopleSeeWhatFails() {
        HealthPage page = page(Audience.PRIVATE);

        assertThat(page.status().sources().getFirst().problem()).isEqualTo(ERROR);
        assertThat(page.sources().getFirst().problem()).isEqualTo(ERROR);
        assertThat(page.problems()).startsWith("for everybody", REFUSED);
    }
}
