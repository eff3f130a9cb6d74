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
package io.kubevirt.cinotify.intake.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesInFlightTest {

    @Test
    void thereIsAnEndToWhatIsHeldAtOnce() {
        BytesInFlight bytes = new BytesInFlight(100);

        assertThat(bytes.take(60)).isTrue();
        assertThat(bytes.take(60)).isFalse();
        assertThat(bytes.take(40)).isTrue();
        bytes.giveBack(60);
        assertThat(bytes.take(60)).isTrue();
    }

    @Test
    void oneBodyIsAlwaysLetIn() {
        assertThat(new BytesInFlight(10).take(60)).isTrue();
    }
}
