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

import org.jspecify.annotations.Nullable;

/**
 * What a person wrote on GitHub, at the moment of its creation.
 *
 * @param conversation where
 * @param author the handle of the writer
 * @param body what was written; outside text, escape it
 * @param url its page
 * @param insider whether GitHub says that the writer belongs to the organisation or works on the repository
 * @param spot where a reaction to it belongs; null where GitHub has none
 */
public record Comment(
        Conversation conversation,
        String author,
        String body,
        String url,
        boolean insider,
        @Nullable Spot spot) {

    /** What can bear a reaction. */
    public enum Kind {
        /** A comment on an issue or a pull request. */
        COMMENT,
        /** A comment on lines of a pull request. */
        REVIEW_COMMENT,
        /** An issue or pull request itself, by its number. */
        BODY
    }

    /**
     * Where a reaction belongs.
     *
     * @param id GitHub's number of it
     */
    public record Spot(Kind kind, long id) {}

    /** Whether the writer opened the conversation. */
    public boolean isByAuthor() {
        return author.equalsIgnoreCase(conversation.author());
    }
}
