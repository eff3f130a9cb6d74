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
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told?
 *
 * @param area what it is about
 * @param at when it is asked
 * @param blocking whether it stops others from working: a required lane, an outage
 * @param lastTold decides among several
 * @param holder the handle of the member who has the incident already; null for none
 */
public record Question(
        String area,
        Instant at,
        boolean blocking,
        LastTold lastTold,
        @Nullable String holder) {

    Question withoutHolder() {
        return new Question(area, at, blocking, lastTold, null);
    }
}
