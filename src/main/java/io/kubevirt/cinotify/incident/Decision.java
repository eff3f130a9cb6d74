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
package io.kubevirt.cinotify.incident;

import java.util.List;
import java.util.stream.Stream;

/** What follows from an event; each with its reason. */
public sealed interface Decision {

    /** Why, a sentence a step: what the trace shows. */
    List<String> reasons();

    /**
     * Say something.
     *
     * @param notice what, about which incident, when
     * @param reasons why
     */
    record Tell(Notice notice, List<String> reasons) implements Decision {
        /** Copies the reasons. */
        public Tell {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Say nothing, ever.
     *
     * @param why by what name it is counted
     * @param reasons why
     */
    record Suppress(Suppression why, List<String> reasons) implements Decision {
        /** Copies the reasons. */
        public Suppress {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It is over: whoever was told that it began is told; if that still waits to be said, neither is.
     *
     * @param opened the identity of the notice that said, or was to say, that it began
     * @param resolved what to say
     * @param channelHeard whether the channel was told at once although the member was not: then its end is said
     * @param reasons why
     */
    record Over(String opened, Notice resolved, boolean channelHeard, List<String> reasons) implements Decision {
        /** Copies the reasons. */
        public Over {
            reasons = List.copyOf(reasons);
        }

        /** What it comes to, once it is known whether the beginning still waited to be said. */
        public Decision once(boolean openedWaited) {
            return openedWaited && !channelHeard
                    ? new Suppress(
                            Suppression.HEALED,
                            Stream.concat(reasons.stream(), Stream.of("nobody had been told yet"))
                                    .toList())
                    : new Tell(resolved, reasons);
        }
    }
}
