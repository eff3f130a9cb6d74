// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recipients of a notification, and whether they are mentioned. */
final class PeopleModelFactory {

    private final MessageModelFactory.SlackUserLookup slack;

    PeopleModelFactory(MessageModelFactory.SlackUserLookup slack) {
        this.slack = slack;
    }

    MessageModel.People create(Notification notification) {
        return create(notification, mentionsPeople(notification));
    }

    MessageModel.People withoutMentions(Notification notification) {
        return create(notification, false);
    }

    private MessageModel.People create(Notification notification, boolean called) {
        IncidentView incident = notification.incident();
        Recipient to = notification.to();
        // A message to nobody changes one that named somebody: the name stays.
        String responsible = to != null && to.handle() != null ? to.handle() : incident.responsible();
        return new MessageModel.People(
                person(responsible, called),
                to == null || to.level() == null ? null : to.level().title(),
                person(to == null ? null : to.sigPerson(), called),
                to == null || !to.isDeferredAt(notification.decidedAt())
                        ? null
                        : MessageModelFactory.timestamp(to.at()),
                to == null ? List.of() : to.reasons(),
                person(incident.acknowledgedBy(), false),
                MessageModelFactory.timestamp(incident.snoozedUntil()));
    }

    /** A notification that does not interrupt mentions nobody, even if it shows who will be notified. */
    private static boolean mentionsPeople(Notification notification) {
        return notification.kind().interrupts() && notification.to() != null;
    }

    private Fragment.@Nullable Person person(@Nullable String handle, boolean called) {
        return handle == null ? null : new Fragment.Person(handle, slack.userId(handle), called);
    }
}
