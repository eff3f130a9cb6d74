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

import io.kubevirt.cinotify.command.Answer;
import io.kubevirt.cinotify.command.IncidentDesk;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What answers need of the rest of the program, within one transaction. */
public interface Surroundings {

    /** What it is decided in. */
    Transaction transaction();

    /** When it is decided. */
    Instant now();

    /** The incidents that are open or just over. */
    List<IncidentView> incidents();

    /** The identities of the incidents that were told on GitHub at a place, {@code org/repo#number}. */
    List<String> saidAt(String place);

    /** Where incidents are opened and changed. */
    IncidentDesk desk();

    /** Puts an answer into the outbox. */
    void say(Content.Letter letter, List<String> why);

    /** The delivery led to this answer. */
    void answered(String delivery, Content.Letter letter, List<String> why);

    /** Lets something be decided when nothing else is. */
    @FunctionalInterface
    interface Turn {

        /** Decides within one transaction; what is given is only good until it ends. */
        List<Answer> decide(Function<Surroundings, List<Answer>> work);
    }
}
