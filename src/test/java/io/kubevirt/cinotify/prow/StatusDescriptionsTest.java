// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.StatusDescriptions.StatusMeaning;
import io.kubevirt.cinotify.prow.StatusDescriptions.StatusMeaning.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusDescriptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        TRIGGERED | ''                                       | RUNNING
        TRIGGERED | Successfully reran pull-e2e.             | RUNNING
        TRIGGERED | a-person successfully reran pull-e2e.    | RUNNING
        PENDING   | Job triggered.                           | RUNNING
        SUCCESS   | Job succeeded.                           | RAN
        FAILURE   | Job failed.                              | RAN
        ERROR     | Pod was in succeeded phase but some containers didn't finish | INFRASTRUCTURE
        ERROR     | Pod scheduling timeout.                  | INFRASTRUCTURE
        ERROR     | Pod pending timeout.                     | INFRASTRUCTURE
        ERROR     | Pod got deleted unexpectedly             | INFRASTRUCTURE
        ERROR     | Job pod was evicted by the cluster.      | INFRASTRUCTURE
        ERROR     | Job pod reached max revivals (3) after being stopped unexpectedly (evicted) | INFRASTRUCTURE
        ERROR     | Job pod reached max revivals (12) after being stopped unexpectedly (unreachable) | INFRASTRUCTURE
        ERROR     | Job pod was OOM killed by the cluster.   | RESOURCES
        ERROR     | Pod can not be created: pods "x" is forbidden: exceeded quota | CONFIGURATION
        ERROR     | Pod can not be created: admission webhook "a ... ied the request: no such image | CONFIGURATION
        ERROR     | Terminal error: no build client found for cluster "x". | CONFIGURATION
        ABORTED   | Pod running timeout.                     | ABORTED
        ABORTED   | Aborted by trigger plugin.               | ABORTED
        ABORTED   | Successfully aborted pull-e2e.           | ABORTED
        ABORTED   | a-person successfully aborted pull-e2e.  | ABORTED
        ABORTED   | robot[bot] successfully aborted pull-e2e. | ABORTED
        ABORTED   | a-person-with-a-rather-long-name success ... abcdefghijklmnopqrstuvwxyz. | ABORTED
        ABORTED   | Job triggered.                           | ABORTED
        ABORTED   | ''                                       | ABORTED
        """)
    void everyDescriptionOfProwHasItsMeaning(JobState state, String description, Kind kind) {
        StatusMeaning word = StatusDescriptions.interpret(state, description);
        assertThat(word.kind()).isEqualTo(kind);
        assertThat(word.known()).isTrue();
        assertThat(word.explanation()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FAILURE | Job succeeded.
        FAILURE | Aborted by trigger plugin.
        SUCCESS | Job failed.
        ERROR   | Job failed.
        ABORTED | everybody happily aborted pull-e2e.
        ABORTED | <script> successfully aborted pull-e2e.
        ABORTED | a-person ... pull-e2e.
        ABORTED | a-person fails ... pull-e2e.
        """)
    void aDescriptionOfAnotherStateIsUnknown(JobState state, String description) {
        assertThat(StatusDescriptions.find(state, description)).isEmpty();
        assertThat(StatusDescriptions.interpret(state, description).known()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void anUnknownDescriptionFallsBackToTheState(JobState state) {
        Kind kind =
                StatusDescriptions.interpret(state, "Words of a Prow to come.").kind();
        assertThat(kind)
                .isEqualTo(
                        switch (state) {
                            case SCHEDULING, TRIGGERED, PENDING -> Kind.RUNNING;
                            case SUCCESS -> Kind.RAN;
                            case ABORTED -> Kind.ABORTED;
                            case FAILURE, ERROR -> Kind.UNKNOWN;
                        });
    }
}
