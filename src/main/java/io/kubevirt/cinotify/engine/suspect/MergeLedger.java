// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.bump.BumpCandidate;
import io.kubevirt.cinotify.bump.PullRequestDetails;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.store.MergeTable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.suspect.MergedPull;
import java.util.List;

/** Keeps the merges of every repository from the events that arrive anyway. Observing one twice changes nothing. */
public final class MergeLedger {
    private final Config config;
    private final MergeTable table;

    public MergeLedger(Config config, Transaction transaction) {
        this.config = config;
        this.table = transaction.merges();
    }

    /** Only a merge counts. */
    public void observe(JsonNode pullRequestEvent) {
        if (pullRequestEvent.path("pull_request").path("merged").asBoolean()) {
            PullRequestDetails.parse(pullRequestEvent.path("pull_request")).ifPresent(this::observe);
        }
    }

    private void observe(PullRequestDetails details) {
        BumpCandidate pull = details.candidate();
        if (details.mergeSha() == null
                || details.endedAt() == null
                || pull.repository() == null
                || pull.number() == null) {
            return;
        }
        var classified = config.file().bumps() == null
                ? null
                : config.bumpClasses().classify(pull).bumpClass();
        table.save(new MergedPull(
                pull.repository().fullName(),
                details.base(),
                details.mergeSha(),
                pull.number(),
                pull.title() == null ? "" : pull.title(),
                pull.author() == null ? "" : pull.author(),
                details.endedAt(),
                List.of(),
                false,
                classified == null || !classified.bump() ? null : classified.name()));
    }
}
