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

/**
 * What a server said.
 *
 * @param status HTTP's
 * @param retryAfter how long it wants to be left alone; zero if it did not say
 * @param body the beginning of it, read as UTF-8
 */
public record Answer(int status, Duration retryAfter, String body) {

    private static final int LONGEST_SHOWN = 200;

    /** Whether it is a 2xx. */
    public boolean isGood() {
        return status / 100 == 2;
    }

    /** Whether the server could not: something may have been done. */
    public boolean isTrouble() {
        return status / 100 == 5 || status == 408;
    }

    /** Its beginning on one line, for the operator. */
    public String shown() {
        String line = body.codePoints()
                .limit(LONGEST_SHOWN)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.isEmpty() ? "nothing more" : line;
    }
}
