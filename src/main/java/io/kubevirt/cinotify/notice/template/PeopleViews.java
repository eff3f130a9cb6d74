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
package io.kubevirt.cinotify.notice.template;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told by a message, and whether they are called by name. */
final class PeopleViews {

    private final MessageViews.SlackUsers slack;

    PeopleViews(MessageViews.SlackUsers slack) {
        this.slack = slack;
    }

    MessageView.People of(Message message) {
        return of(message, isCalling(message));
    }

    MessageView.People calm(Message message) {
        return of(message, false);
    }

    private MessageView.People of(Message message, boolean called) {
        IncidentView incident = message.incident();
        Addressee to = message.to();
        // A message to nobody changes one that named somebody: the name stays.
        String responsible = to != null && to.handle() != null ? to.handle() : incident.responsible();
        return new MessageView.People(
                person(responsible, called),
                to == null || to.level() == null ? null : to.level().title(),
                person(to == null ? null : to.sigPerson(), called),
                to == null || !to.isDeferredAt(message.decidedAt()) ? null : MessageViews.moment(to.at()),
                to == null ? List.of() : to.reasons(),
                person(incident.acknowledgedBy(), false),
                MessageViews.moment(incident.snoozedUntil()));
    }

    /** What nobody is told by calls nobody, even if it shows who will be. */
    private static boolean isCalling(Message message) {
        return message.kind().interrupts() && message.to() != null;
    }

    private Piece.@Nullable Person person(@Nullable String handle, boolean called) {
        return handle == null ? null : new Piece.Person(handle, slack.of(handle), called);
    }
}
