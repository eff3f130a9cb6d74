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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.app.answers.Surroundings;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.github.GitHubChannel;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;

/** What those who answer comments need, of one sitting. */
final class DeskSurroundings implements Surroundings {

    private final Sitting sitting;

    DeskSurroundings(Sitting sitting) {
        this.sitting = sitting;
    }

    @Override
    public Transaction transaction() {
        return sitting.transaction();
    }

    @Override
    public Instant now() {
        return sitting.now();
    }

    @Override
    public List<IncidentView> incidents() {
        return sitting.incidents();
    }

    @Override
    public List<String> saidAt(String place) {
        return sitting.transaction().contents().threadsAt(GitHubChannel.NAME, place);
    }

    @Override
    public io.kubevirt.cinotify.command.IncidentDesk desk() {
        return sitting.peoplesDesk();
    }

    @Override
    public void say(Content.Letter letter, List<String> why) {
        sitting.outbox().add(letter);
    }

    @Override
    public void answered(String delivery, Content.Letter letter, List<String> why) {
        sitting.transaction().deliveries().noticed(delivery, letter.id(), why, sitting.now());
    }
}
