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

/** What became of an attempt to say something. */
public sealed interface Delivery {

    /** It is said. */
    record Sent() implements Delivery {}

    /**
     * It may work later.
     *
     * @param after how long to wait at least
     * @param why what went wrong
     */
    record Retry(Duration after, String why) implements Delivery {}

    /**
     * It will never work as it is.
     *
     * @param why what went wrong, and what the operator can do
     */
    record Rejected(String why) implements Delivery {}
}
