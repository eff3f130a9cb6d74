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

/** What an event of GitHub says of commands. */
public sealed interface Hearing {

    /** A person has just written something. */
    record Heard(Comment comment) implements Hearing {}

    /** Nothing that could be a command. */
    record Passed(Reason reason, String explanation) implements Hearing {}

    /** Why what was written is not looked at. */
    enum Reason {
        /** No line of it is a command to this plugin. */
        NO_COMMAND,
        /** It was edited, deleted, labelled, pushed: only what is new can be a command. */
        NOT_CREATED,
        /** The plugin itself wrote it. */
        OWN_COMMENT,
        /** A program wrote it. */
        BY_BOT,
        /** It is not what GitHub sends. */
        MALFORMED_EVENT;

        /** In kebab case, as stored and shown. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
