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
package io.kubevirt.cinotify.intake.deck;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deck did not give its ProwJobs. */
final class DeckFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final Duration notBefore;

    /**
     * @param sentence for the operator
     * @param notBefore the pause that the deck asks for; zero if none
     */
    DeckFailure(String sentence, Duration notBefore, @Nullable Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
        this.notBefore = notBefore;
    }

    String sentence() {
        return sentence;
    }

    Duration notBefore() {
        return notBefore;
    }
}
