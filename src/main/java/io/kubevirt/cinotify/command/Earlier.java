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
package io.kubevirt.cinotify.command;

import java.time.Instant;

/**
 * A command that was answered before.
 *
 * @param at when
 * @param place the conversation, {@code org/repo#number}
 * @param person who wrote it
 * @param verb the command's name, or {@link #REFUSED}
 * @param request what was asked in all its parts, so that a repetition is known
 * @param telling whether it asked for somebody to be told
 * @param url the page of the comment
 * @param summary what came of it, in a line of Markdown of our own
 */
public record Earlier(
        Instant at,
        String place,
        String person,
        String verb,
        String request,
        boolean telling,
        String url,
        String summary) {

    /** Stands for the command of somebody who may not give it. */
    public static final String REFUSED = "refused";
}
