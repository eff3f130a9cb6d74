// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.prow.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** An issue per incident in the configured areas. Updates are comments, the resolution is a transition. */
public final class JiraChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "jira";

    /** Label of all issues of ci-notify, for boards. */
    private static final String LABEL = "ci-notify";

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]*-[0-9]+");

    private final Supplier<JiraConfig> config;
    private final JiraFormatter formatter;
    private final JiraApi api;
    private final JiraSearch search;
    private final JiraTransitions transitions;
    private final NotFoundResolver notFound;

    JiraChannel(
            BoundedHttpClient client,
            Supplier<JiraConfig> config,
            Function<String, SecretFile> secrets,
            JiraFormatter formatter) {
        this.config = config;
        this.formatter = formatter;
        this.api = new JiraApi(client, config, secrets);
        this.search = new JiraSearch(api);
        this.transitions = new JiraTransitions(api, config);
        this.notFound = new NotFoundResolver(api);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preview(AddressedMessage message) {
        return formatter.summary(message);
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(true, true, true, Duration.ZERO, JiraSearch.LAG);
    }

    /** The destination is an area, because its board may move to another project. */
    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage incidentMessage -> {
                String area =
                        incidentMessage.notification().incident().diagnosis().area();
                yield config.get().board(area).isPresent() ? List.of(area) : List.of();
            }
            case OutgoingMessage.TextMessage textMessage ->
                textMessage.channel().equals(NAME) ? List.of(textMessage.destination()) : List.of();
        };
    }

    @Override
    public Audience audience(String destination) {
        return config.get().visibility() == Visibility.PRIVATE ? Audience.PRIVATE : Audience.PUBLIC;
    }

    @Override
    public SendResult post(AddressedMessage addressed) {
        try {
            ObjectNode issue = fields(fields(addressed));
            addressed.beforeWrite();
            return new SendResult.Sent(id(api.post("issue", issue), "key", "created an issue"));
        } catch (SendException e) {
            return switch (e.result()) {
                case SendResult.TargetGone nowhere ->
                    new SendResult.RetryLater(
                            SecretFile.OPERATOR_RETRY_DELAY,
                            nowhere.reason() + ": check jira.url in the configuration");
                default -> e.result();
            };
        }
    }

    /**
     * The transition comes first: the description names the message, so that it shows what was done. What a person edited stays as it
     * is.
     */
    @Override
    public SendResult edit(AddressedMessage addressed, String root) {
        try {
            JiraTransitions.Shown shown = transitions.read(key(root));
            transitions.sync(addressed, root, shown);
            if (!shown.edited()) {
                ObjectNode words = object().put("summary", formatter.summary(addressed))
                        .put("description", formatter.description(addressed, reference(addressed)));
                addressed.beforeWrite();
                api.send("PUT", "issue/" + root, fields(words));
            }
            return new SendResult.Sent(root);
        } catch (SendException e) {
            return resolveNotFound(root, e).result();
        }
    }

    @Override
    public ReadBackResult readBack(AddressedMessage addressed, String root) {
        try {
            JiraTransitions.Shown shown = transitions.read(key(root));
            if (!shown.edited() && !reference(addressed).isIn(shown.description())) {
                return new ReadBackResult.Differs("issue " + root + " shows another message");
            }
            return JiraTransitions.isOutdated(addressed, shown)
                    ? new ReadBackResult.Differs("issue " + root + " has an earlier status")
                    : new ReadBackResult.Matches();
        } catch (SendException e) {
            return resolveNotFound(root, e).readBackResult();
        }
    }

    @Override
    public boolean repliesBeforeEdit(NotificationKind kind, String root) {
        return kind == NotificationKind.RESOLVED;
    }

    @Override
    public SendResult reply(AddressedMessage addressed, String root) {
        try {
            String issue = key(root);
            ObjectNode comment = object().put("body", formatter.comment(addressed, reference(addressed)));
            addressed.beforeWrite();
            return new SendResult.Sent(id(api.post("issue/" + issue + "/comment", comment), "id", "wrote a comment"));
        } catch (SendException e) {
            return resolveNotFound(root, e).result();
        }
    }

    @Override
    public LookupResult findRoot(AddressedMessage addressed) {
        try {
            return search.issue(board(addressed).project(), addressed.rootMarker());
        } catch (SendException e) {
            return e.lookupResult();
        }
    }

    @Override
    public LookupResult findReply(AddressedMessage addressed, String root) {
        try {
            return search.comment(key(root), reference(addressed));
        } catch (SendException e) {
            return resolveNotFound(root, e).lookupResult();
        }
    }

    private SendException resolveNotFound(String root, SendException failed) {
        return failed.result() instanceof SendResult.TargetGone gone && KEY.matches(root)
                ? new SendException(notFound.resolve(root, gone))
                : failed;
    }

    private ObjectNode fields(AddressedMessage addressed) throws SendException {
        JiraConfig.Board board = board(addressed);
        ObjectNode fields = object().put("summary", formatter.summary(addressed))
                .put("description", formatter.description(addressed, reference(addressed)));
        fields.putObject("project").put("key", board.project());
        fields.putObject("issuetype").put("name", board.issueType());
        fields.putArray("labels").add(LABEL).add(addressed.rootMarker());
        board.labels().forEach(fields.withArray("labels")::add);
        if (board.component() != null) {
            fields.putArray("components").addObject().put("name", board.component());
        }
        return fields;
    }

    private JiraReference reference(AddressedMessage addressed) {
        return JiraReference.of(addressed.marker(), config.get());
    }

    private JiraConfig.Board board(AddressedMessage addressed) throws SendException {
        return config.get()
                .board(addressed.destination())
                .orElseThrow(() -> new SendException(new SendResult.Rejected(
                        "area " + addressed.destination() + " is no longer configured in jira.areas")));
    }

    /** References of a dry run are not keys. */
    private static String key(String root) throws SendException {
        if (!KEY.matches(root)) {
            throw new SendException(new SendResult.TargetGone("\"" + root + "\" is not a Jira issue"));
        }
        return root;
    }

    /** The id of what Jira wrote or found. */
    static String id(JsonNode answer, String name, String what) throws SendException {
        JsonNode id = answer.path(name);
        if (!id.isTextual()) {
            throw new SendException(new SendResult.Unknown("Jira " + what + " but returned no " + name));
        }
        return id.asText();
    }

    private static ObjectNode fields(ObjectNode fields) {
        return object().set("fields", fields);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Jira answers 404 both for a deleted issue and for one that the owner of the token may not see: check what is visible.
     */
    private static final class NotFoundResolver {
        private final JiraApi api;

        NotFoundResolver(JiraApi api) {
            this.api = api;
        }

        /** For an issue that existed. */
        SendResult resolve(String issue, SendResult.TargetGone gone) {
            String project = issue.substring(0, issue.lastIndexOf('-'));
            try {
                if (isVisible("issue/" + issue + "?fields=summary")) {
                    return retryLater(gone.reason() + ": issue " + issue
                            + " exists; grant the owner of the token permission to change it");
                }
                return isVisible("project/" + project)
                        ? gone
                        : retryLater(
                                gone.reason() + ": grant the owner of the token permission to see project " + project);
            } catch (SendException e) {
                return e.lookupResult() instanceof LookupResult.Inconclusive unclear
                        ? new SendResult.RetryLater(unclear.retryAfter(), unclear.scope(), unclear.reason())
                        : retryLater(gone.reason());
            }
        }

        private boolean isVisible(String path) throws SendException {
            HttpResult answer = api.exchange("GET", path, null);
            if (answer.status() == 404 || answer.status() == 410) {
                return false;
            }
            api.requireSuccess(answer);
            return true;
        }

        private static SendResult retryLater(String why) {
            return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, why);
        }
    }
}
