/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.ProwWord.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DescriptionTableTest {

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
        ProwWord word = DescriptionTable.read(state, description);
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
    void wordsThatDoNotBelongToTheStateAreNotKnown(JobState state, String description) {
        assertThat(DescriptionTable.find(state, description)).isEmpty();
        assertThat(DescriptionTable.read(state, description).known()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void whereTheWordsAreUnknownTheStateSpeaks(JobState state) {
        Kind kind = DescriptionTable.read(state, "Words of a Prow to come.").kind();
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
