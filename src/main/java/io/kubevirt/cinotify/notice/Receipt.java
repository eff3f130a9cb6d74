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

/** What became of an attempt to write something. */
public sealed interface Receipt {

    /**
     * It is there.
     *
     * @param reference by what the channel knows it, to edit it or to write below it
     */
    record Written(String reference) implements Receipt {}

    /** What is to be left alone for a while. */
    enum Scope {
        /** The place at which it was to be written: what is wrong there is nobody else's trouble. */
        PLACE,
        /** All places of the channel: its own limit is reached, or it knows us no more. */
        CHANNEL
    }

    /**
     * It is not there, and may work later.
     *
     * @param after how long to wait at least, by the other side's word (Retry-After); zero if it gave none
     * @param scope where to wait
     * @param why what went wrong, a sentence
     */
    record Later(Duration after, Scope scope, String why) implements Receipt {

        /** Where only the place is to be left alone. */
        public Later(Duration after, String why) {
            this(after, Scope.PLACE, why);
        }

        /** The same as a fault of its place alone. */
        public Later ofPlace() {
            return new Later(after, why);
        }
    }

    /**
     * It may be there or not: the answer was lost. It must be looked for before it is written again.
     *
     * @param why what went wrong, a sentence
     */
    record Unknown(String why) implements Receipt {}

    /**
     * What was to be edited or answered is gone: somebody deleted it.
     *
     * @param why a sentence
     */
    record Gone(String why) implements Receipt {}

    /**
     * It will never work as it is.
     *
     * @param why what went wrong and what the operator can do, a sentence
     */
    record Refused(String why) implements Receipt {}
}
