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
package io.kubevirt.cinotify.notice.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.SecretFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Moves an issue to where its incident is. The word goes with the transition, so that it is there once, as that is. */
final class JiraStatus {

    private static final String DONE = "done";

    private final JiraApi api;
    private final Supplier<JiraSite> site;

    JiraStatus(JiraApi api, Supplier<JiraSite> site) {
        this.api = api;
        this.site = site;
    }

    /** Doing it twice is doing it once: an issue that is where it should be is left alone. */
    void follow(Saying saying, String issue, JiraText text) throws Failed {
        if (!(saying.content() instanceof Content.IncidentNews news)) {
            return;
        }
        boolean over = news.message().incident().state().isOver();
        JsonNode category = api.get("issue/" + issue + "?fields=status")
                .path("fields")
                .path("status")
                .path("statusCategory")
                .path("key");
        if (over != category.asText().equals(DONE)) {
            String name = over ? site.get().resolve() : site.get().reopen();
            api.send("POST", "issue/" + issue + "/transitions", transition(idOf(name, issue), text.comment(saying)));
        }
    }

    private String idOf(String name, String issue) throws Failed {
        List<String> offered = new ArrayList<>();
        for (JsonNode transition : api.get("issue/" + issue + "/transitions").path("transitions")) {
            if (transition.path("name").asText().equalsIgnoreCase(name)) {
                return transition.path("id").asText();
            }
            offered.add(transition.path("name").asText());
        }
        throw new Failed(new Receipt.Later(
                SecretFile.MENDING,
                "issue " + issue + " has no transition \"" + name + "\", but " + offered
                        + ": name one of them in jira.resolve and jira.reopen"));
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
