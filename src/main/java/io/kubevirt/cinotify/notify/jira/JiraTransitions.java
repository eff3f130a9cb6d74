// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import static io.kubevirt.cinotify.incident.NotificationKind.RESOLVED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Moves an issue to the state of its incident, without a comment: a transition without a screen drops it. The status is read before,
 * since a global transition is allowed from any status.
 */
final class JiraTransitions {
    private static final String DONE = "done";

    private final JiraApi api;
    private final Supplier<JiraConfig> config;

    JiraTransitions(JiraApi api, Supplier<JiraConfig> config) {
        this.api = api;
        this.config = config;
    }

    /**
     * What an issue shows.
     *
     * @param moved whether a person changed the status last
     * @param edited whether a person changed the summary or the description last
     */
    record Shown(boolean done, boolean moved, boolean edited, String description) {}

    Shown read(String issue) throws SendException {
        JsonNode answer = api.get("issue/" + issue + "?fields=status,description&expand=changelog");
        JsonNode category =
                answer.path("fields").path("status").path("statusCategory").path("key");
        if (!category.isTextual()) {
            throw new SendException(new SendResult.RetryLater(
                    SecretFile.OPERATOR_RETRY_DELAY,
                    "Jira responded without the status of issue " + issue + ": check jira.url"));
        }
        JsonNode histories = answer.path("changelog").path("histories");
        return new Shown(
                category.asText().equals(DONE),
                byPerson(histories, "status"),
                byPerson(histories, "summary") || byPerson(histories, "description"),
                answer.path("fields").path("description").asText());
    }

    /** Jira Cloud sorts changes in descending order, Data Center in ascending order. */
    private boolean byPerson(JsonNode histories, String field) throws SendException {
        JsonNode last = MissingNode.getInstance();
        for (JsonNode change : histories) {
            if (change.path("items").findValuesAsText("field").contains(field)
                    && change.path("id").asLong() >= last.path("id").asLong()) {
                last = change;
            }
        }
        return !last.isMissingNode() && !api.isSelf(last.path("author"));
    }

    /** An issue in the right state stays as it is, and so does one that a person closed, until a notification interrupts somebody. */
    void sync(AddressedMessage message, String issue, Shown shown) throws SendException {
        if (!(message.message() instanceof OutgoingMessage.IncidentMessage(Notification notification, var why))) {
            return;
        }
        if (differs(notification, shown)
                && (notification.kind() == RESOLVED || notification.kind().interrupts() || !shown.moved())) {
            String name = isOver(notification)
                    ? config.get().resolveTransition()
                    : config.get().reopenTransition();
            JsonNode transition = transition(idOf(name, issue));
            message.beforeWrite();
            api.send("POST", "issue/" + issue + "/transitions", transition);
        }
    }

    /** Whether a transition of ours, not of a person, left the issue in another state. */
    static boolean isOutdated(AddressedMessage message, Shown shown) {
        return message.message() instanceof OutgoingMessage.IncidentMessage(Notification notification, var why)
                && differs(notification, shown)
                && !shown.moved();
    }

    /** Only a resolution closes an issue. */
    private static boolean differs(Notification notification, Shown shown) {
        return isOver(notification) != shown.done() && (notification.kind() == RESOLVED || !isOver(notification));
    }

    private static boolean isOver(Notification notification) {
        return notification.incident().state().isOver();
    }

    private String idOf(String name, String issue) throws SendException {
        List<String> available = new ArrayList<>();
        for (JsonNode transition : api.get("issue/" + issue + "/transitions").path("transitions")) {
            if (transition.path("name").asText().equalsIgnoreCase(name)) {
                return transition.path("id").asText();
            }
            available.add(transition.path("name").asText());
        }
        throw new SendException(new SendResult.RetryLater(
                SecretFile.OPERATOR_RETRY_DELAY,
                "issue " + issue + " has no transition \"" + name + "\", but " + available
                        + ": use one of them in jira.resolve and jira.reopen"));
    }

    private static ObjectNode transition(String id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("transition").put("id", id);
        return body;
    }
}
