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
package io.kubevirt.cinotify.notice;

import java.time.Duration;

/** What looking for something that may have been written has shown. */
public sealed interface Lookup {

    /**
     * It is there.
     *
     * @param reference by what the channel knows it
     */
    record Found(String reference) implements Lookup {}

    /** It is not there. */
    record Missing() implements Lookup {}

    /**
     * It could not be seen whether it is there.
     *
     * @param after how long to wait at least; zero if not known
     * @param scope where to wait
     * @param why a sentence
     */
    record Unclear(Duration after, Receipt.Scope scope, String why) implements Lookup {

        /** Where only the place is to be left alone. */
        public Unclear(Duration after, String why) {
            this(after, Receipt.Scope.PLACE, why);
        }
    }
}
