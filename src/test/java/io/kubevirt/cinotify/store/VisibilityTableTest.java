// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibilityTableTest {

    private static final Repository REPOSITORY = Repository.of("example/thing");

    @TempDir
    private Path folder;

    /** Many deliveries are decided in one transaction, which reads each repository and job once. */
    @Test
    void whatATransactionHasReadFollowsWhatItStores() {
        EmbeddedStore.in(folder).store().inTransaction(transaction -> {
            assertThat(observe(transaction, "one", Visibility.PUBLIC)).isEqualTo(Visibility.PUBLIC);
            assertThat(observe(transaction, "two", Visibility.PRIVATE)).isEqualTo(Visibility.PRIVATE);
            assertThat(observe(transaction, "one", null)).isEqualTo(Visibility.PRIVATE);
            transaction.visibility().observe(REPOSITORY, Visibility.PUBLIC);
            assertThat(observe(transaction, "two", null)).isEqualTo(Visibility.PUBLIC);
            assertThat(transaction.visibility().ofRepository(REPOSITORY)).isEqualTo(Visibility.PUBLIC);
            return true;
        });
    }

    private static Visibility observe(Transaction transaction, String job, @Nullable Visibility shown) {
        JobRun run = JobRun.builder(job, JobType.POSTSUBMIT, JobState.SUCCESS)
                .repository(REPOSITORY)
                .visibility(shown)
                .build();
        return transaction.visibility().observe(run).repository();
    }
}
