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
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.command.Knowledge;
import io.kubevirt.cinotify.command.Request;
import java.util.List;

/**
 * A comment with commands, and all that had to be asked of others to answer it.
 *
 * @param delivery the delivery that brought it
 */
record Prepared(String delivery, Comment comment, List<Request> requests, Look look, Knowledge knowledge) {

    Prepared {
        requests = List.copyOf(requests);
    }
}
