// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class DecisionBuffer {
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<String, String> notifications = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();

    void addNotification(Notification notification, List<String> reasons) {
        decisions.add(new Decision.Notify(notification, reasons));
        if (notification.kind() != NotificationKind.CHANGED && notification.kind() != NotificationKind.HANDOFF) {
            notifications.putIfAbsent(notification.incident().id(), notification.id());
        }
    }

    void addMention(String incident, String notification) {
        notifications.putIfAbsent(incident, notification);
    }

    void withdraw(String notification, SuppressionReason suppressionReason, List<String> reasons) {
        decisions.add(new Decision.Withdraw(notification, suppressionReason, reasons));
        notifications.values().removeIf(notification::equals);
    }

    void reject(IncidentAction action, String reason) {
        decisions.add(new Decision.Reject(action, List.of(reason)));
    }

    void settle(String run, Decision.RunOutcome outcome, List<String> reasons) {
        decisions.add(new Decision.SettleRun(run, outcome, reasons));
    }

    void touch(String incident) {
        touched.add(incident);
    }

    Optional<String> notificationAbout(List<String> incidents) {
        return incidents.stream()
                .filter(notifications::containsKey)
                .map(notifications::get)
                .findFirst();
    }

    Set<String> touched() {
        return touched;
    }

    Decisions drain(List<IncidentView> incidents) {
        Decisions drained = new Decisions(decisions, incidents);
        decisions.clear();
        notifications.clear();
        touched.clear();
        return drained;
    }
}
