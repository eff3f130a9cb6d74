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
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.Server;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** An issue per incident of the areas that the settings name; news are comments, the end is a transition. */
public final class JiraChannel implements Channel {

    /** By what settings, the outbox and metrics know it. */
    public static final String NAME = "jira";

    /** On every issue of ours, so that a board can show them. */
    private static final String LABEL = "ci-notify";

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]*-[0-9]+");

    private final Supplier<JiraSite> site;
    private final JiraText text;
    private final JiraApi api;
    private final JiraSearch search;
    private final JiraStatus status;
    private final JiraAbsence absence;

    /** @param site asked anew for each call, since settings change */
    public JiraChannel(Server server, Supplier<JiraSite> site, JiraText text) {
        this.site = site;
        this.text = text;
        this.api = new JiraApi(server, site);
        this.search = new JiraSearch(api);
        this.status = new JiraStatus(api, site);
        this.absence = new JiraAbsence(api);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Abilities abilities() {
        return new Abilities(true, true, true, Duration.ZERO, JiraSearch.LAG);
    }

    /** A place is an area: its board may move to another project. */
    @Override
    public List<String> places(Content content) {
        return switch (content) {
            case Content.IncidentNews news -> {
                String area = news.message().incident().diagnosis().area();
                yield site.get().board(area).isPresent() ? List.of(area) : List.of();
            }
            case Content.Letter letter -> letter.channel().equals(NAME) ? List.of(letter.place()) : List.of();
        };
    }

    @Override
    public Receipt post(Saying saying) {
        try {
            JsonNode made = api.post("issue", fields(fields(saying)));
            if (!made.path("key").isTextual()) {
                throw new Failed(new Receipt.Unknown("Jira says that the issue is there, but not its key"));
            }
            return new Receipt.Written(made.path("key").asText());
        } catch (Failed e) {
            return switch (e.receipt()) {
                case Receipt.Gone nowhere ->
                    new Receipt.Later(SecretFile.MENDING, nowhere.why() + ": look at jira.url in the settings");
                default -> e.receipt();
            };
        }
    }

    @Override
    public Receipt edit(Saying saying, String root) {
        try {
            ObjectNode words =
                    object().put("summary", text.summary(saying)).put("description", text.description(saying));
            api.send("PUT", "issue/" + key(root), fields(words));
            status.follow(saying, root, text);
            return new Receipt.Written(root);
        } catch (Failed e) {
            return absent(root, e).repeatable();
        }
    }

    @Override
    public Receipt reply(Saying saying, String root) {
        try {
            JsonNode comment = api.post("issue/" + key(root) + "/comment", object().put("body", text.comment(saying)));
            return new Receipt.Written(comment.path("id").asText());
        } catch (Failed e) {
            return absent(root, e).receipt();
        }
    }

    @Override
    public Lookup findRoot(Saying saying) {
        try {
            return search.issue(board(saying).project(), saying.rootMarker());
        } catch (Failed e) {
            return e.lookup();
        }
    }

    @Override
    public Lookup findReply(Saying saying, String root) {
        try {
            return search.comment(key(root), JiraText.anchor(saying.marker()));
        } catch (Failed e) {
            return absent(root, e).lookup();
        }
    }

    private Failed absent(String root, Failed failed) {
        return failed.receipt() instanceof Receipt.Gone gone && KEY.matches(root)
                ? new Failed(absence.of(root, gone))
                : failed;
    }

    private ObjectNode fields(Saying saying) throws Failed {
        JiraSite.Board board = board(saying);
        ObjectNode fields = object().put("summary", text.summary(saying)).put("description", text.description(saying));
        fields.putObject("project").put("key", board.project());
        fields.putObject("issuetype").put("name", board.issueType());
        fields.putArray("labels").add(LABEL).add(saying.rootMarker());
        board.labels().forEach(fields.withArray("labels")::add);
        if (board.component() != null) {
            fields.putArray("components").addObject().put("name", board.component());
        }
        return fields;
    }

    private JiraSite.Board board(Saying saying) throws Failed {
        return site.get()
                .board(saying.place())
                .orElseThrow(() -> new Failed(
                        new Receipt.Refused("the settings name no board on Jira for " + saying.place() + " any more")));
    }

    /** What a dry run never wrote has no key. */
    private static String key(String root) throws Failed {
        if (!KEY.matches(root)) {
            throw new Failed(new Receipt.Gone("\"" + root + "\" is no issue of Jira"));
        }
        return root;
    }

    private static ObjectNode fields(ObjectNode fields) {
        return object().set("fields", fields);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
