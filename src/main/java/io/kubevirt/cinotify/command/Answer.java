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

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one command.
 *
 * @param verb the command's name: what was answered to it before in the conversation is replaced
 * @param mood what the reaction on the comment says
 * @param markdown the answer, everything from outside in it escaped; null if the reaction says enough
 * @param labels for each label to be set the names it may have; the first that the repository has is meant
 * @param earlier how it is remembered
 * @param moved what it taught about routing
 */
public record Answer(
        String verb,
        Mood mood,
        @Nullable String markdown,
        List<List<String>> labels,
        Earlier earlier,
        List<Moved> moved) {

    /** How a command went. */
    public enum Mood {
        /** What was asked for is done. */
        DONE,
        /** It is not done, and the answer says why. */
        REFUSED
    }

    /** Copies the lists. */
    public Answer {
        labels = List.copyOf(labels);
        moved = List.copyOf(moved);
    }
}
