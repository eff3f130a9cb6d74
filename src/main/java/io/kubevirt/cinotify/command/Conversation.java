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

import io.kubevirt.cinotify.prow.Repository;
import java.util.List;

/**
 * A pull request or an issue on which people talk.
 *
 * @param number within the repository
 * @param pull whether it is a pull request
 * @param open whether it is open
 * @param title outside text, escape it
 * @param author the handle of whoever opened it
 * @param labels the names of its labels; empty where the event does not carry them
 */
public record Conversation(
        Repository repository,
        int number,
        boolean pull,
        boolean open,
        String title,
        String author,
        List<String> labels) {

    /** Copies the labels. */
    public Conversation {
        labels = List.copyOf(labels);
    }

    /** {@code org/repo#number}. */
    public String place() {
        return repository + "#" + number;
    }
}
