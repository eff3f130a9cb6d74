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
package io.kubevirt.cinotify.notice.http;

import java.time.Duration;
import java.util.List;

/** The word of a server that wants to be left alone for a while. */
public final class RetryAfter {

    /** Longer than any rate limit known; what is beyond is a slip of the other side. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Of the values of the header, in seconds; zero if there is none, or if it is a date or nonsense. */
    public static Duration of(List<String> values) {
        try {
            Duration asked = values.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofSeconds(Long.parseLong(values.getFirst().strip()));
            return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        } catch (NumberFormatException dateOrNonsense) {
            return Duration.ZERO;
        }
    }
}
