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
 * How an area stands at an instant.
 *
 * @param area the area
 * @param at the instant
 * @param responsible the one at work on the first level that has anyone at work; null when nobody is
 * @param level the level of the responsible one; null when there is none
 * @param next who comes next; null when nobody ever does
 */
public record Standing(
        String area,
        Instant at,
        @Nullable Member responsible,
        @Nullable Level level,
        @Nullable Next next) {

    /**
     * Whoever follows if the responsible one does not answer: the next level, or where there is none another of the same;
     * where the first level is not at work, its return.
     *
     * @param person who
     * @param level as which
     * @param at the first working minute, possibly the present one
     */
    public record Next(Member person, Level level, Instant at) {}
}
