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
package io.kubevirt.cinotify.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much is said, and for how long it is tried.
 *
 * @param messagesPerHour how many messages may call people within an hour
 * @param messagesPerPersonAndHour how many of them may call the same person
 * @param attempts nothing is given up after fewer attempts
 * @param giveUpAfter nor in less time
 * @param heartbeatUrl what is asked for each minute while all is well; null for nothing
 */
public record SendingRules(
        int messagesPerHour,
        int messagesPerPersonAndHour,
        int attempts,
        Duration giveUpAfter,
        @Nullable URI heartbeatUrl) {

    /** What counts where nothing is written. */
    public static final SendingRules DEFAULTS = new SendingRules(30, 10, 10, Duration.ofHours(24), null);
}
