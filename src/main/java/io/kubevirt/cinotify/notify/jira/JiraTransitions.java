// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Moves an issue to the state of its incident. The comment is part of the transition, so it is written once. */
final class JiraTransitions {
    private static final String DONE = "done";

    private final JiraApi api;
    private final Supplier<JiraConfig> config;

    JiraTransitions(JiraApi api, Supplier<JiraConfig> config) {
        this.api = api;
        this.config = config;
    }

    /** Idempotent: an issue in the right state stays as it is. */
    void sync(AddressedMessage message, String issue, JiraFormatter text) throws SendException {
        if (!(message.message() instanceof OutgoingMessage.IncidentMessage incidentMessage)) {
            return;
        }
        boolean over = incidentMessage.notification().incident().state().isOver();
        JsonNode category = api.get("issue/" + issue + "?fields=status")
                .path("fields")
                .path("status")
                .path("statusCategory")
                .path("key");
        if (over != category.asText().equals(DONE)) {
            String name = over ? config.get().resolveTransition() : config.get().reopenTransition();
            api.send("POST", "issue/" + issue + "/transitions", transition(idOf(name, issue), text.comment(message)));
        }
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

    private static ObjectNode transition(String id, String comment) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("transition").put("id", id);
        body.putObject("update")
                .putArray("comment")
                .addObject()
                .putObject("add")
                .put("body", comment);
        return body;
    }
}
