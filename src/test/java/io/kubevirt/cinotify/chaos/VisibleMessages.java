// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FakeJira;
import io.kubevirt.cinotify.fixture.FakeMattermost;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSmtp;
import io.kubevirt.cinotify.fixture.FakeTeams;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.incident.Notification;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people see at one channel.
 *
 * @param channel its name
 * @param destination within the channel; null for all
 * @param markers how often each marker is seen; of an idempotent receiver, once
 * @param roots what stands at the top, with all its words
 */
record VisibleMessages(String channel, @Nullable String destination, Map<String, Integer> markers, List<Root> roots) {

    private static final String MARKER = "<!-- ci-notify:";
    private static final Pattern ANCHOR = Pattern.compile("\\{anchor:ci-notify-([\\w.-]+)}");
    private static final String RESOLVED = "Resolved: ";
    private static final Set<String> LOGS = Set.of("webhook", "teams", "email");

    /**
     * A message or an issue.
     *
     * @param over whether it shows the resolution
     * @param begins whether it was first seen as opened
     * @param coherent whether its title and its status say the same
     */
    record Root(String marker, String text, boolean over, boolean begins, boolean coherent) {
        Root(String marker, String text, boolean over, boolean begins) {
            this(marker, text, over, begins, true);
        }

        /** Whether people see that they may have it already. */
        boolean isMarkedAsRepeated() {
            return text.contains(Notification.POSSIBLE_DUPLICATE.strip());
        }
    }

    static VisibleMessages of(FakeSlack slack) {
        Map<String, Integer> markers = new HashMap<>();
        List<Root> roots = new ArrayList<>();
        for (FakeSlack.Message message : slack.messages()) {
            markers.merge(message.marker(), 1, Integer::sum);
            if (message.thread() == null) {
                String words = message.text() + message.blocks();
                roots.add(new Root(
                        message.marker(),
                        words,
                        words.toLowerCase().contains("resolved"),
                        !message.texts().getFirst().toLowerCase().contains("resolved")));
            }
        }
        return new VisibleMessages("slack", null, markers, roots);
    }

    static VisibleMessages ofIssues(ExternalSystems world) {
        Map<String, Integer> markers = new HashMap<>();
        List<Root> roots = new ArrayList<>();
        for (JsonNode issue : world.github.world().issues(ExternalSystems.REPOSITORY)) {
            // Above it stands the marker of what it shows now, which may be that of a comment, too.
            String root = markers(issue.get("body").asText()).getLast();
            List<String> replies =
                    world
                            .github
                            .world()
                            .comments(
                                    ExternalSystems.REPOSITORY,
                                    issue.get("number").asInt())
                            .stream()
                            .flatMap(body -> markers(body).stream())
                            .toList();
            Stream.concat(Stream.of(root), replies.stream()).forEach(marker -> markers.merge(marker, 1, Integer::sum));
            String title = issue.get("title").asText();
            boolean closed = issue.get("state").asText().equals("closed");
            roots.add(new Root(
                    root, title + issue.get("body").asText(), closed, true, title.startsWith(RESOLVED) == closed));
        }
        return new VisibleMessages("github", null, markers, roots);
    }

    static VisibleMessages ofJira(FakeJira jira) {
        Map<String, Integer> markers = new HashMap<>();
        List<Root> roots = new ArrayList<>();
        for (FakeJira.Issue issue : jira.issues()) {
            String root = issue.fields().path("labels").get(1).asText();
            markers.merge(root, 1, Integer::sum);
            issue.comments().forEach(comment -> {
                Matcher anchor = ANCHOR.matcher(comment);
                while (anchor.find()) {
                    markers.merge("ci-notify:" + anchor.group(1), 1, Integer::sum);
                }
            });
            String summary = issue.fields().path("summary").asText();
            roots.add(new Root(
                    root,
                    summary + issue.fields().path("description").asText().replace("\\", ""),
                    issue.done(),
                    true,
                    summary.startsWith(RESOLVED) == issue.done()));
        }
        return new VisibleMessages("jira", null, markers, roots);
    }

    static VisibleMessages ofWebhook(String destination, FakeWebhookTarget target) {
        return new VisibleMessages(
                "webhook",
                destination,
                target.received().keySet().stream().collect(Collectors.toMap(key -> key, key -> 1)),
                target.received().entrySet().stream()
                        .map(taken -> new Root(
                                taken.getKey(),
                                taken.getValue().body(),
                                taken.getValue().body().contains("\"kind\":\"resolved\""),
                                taken.getValue().body().contains("\"kind\":\"opened\"")))
                        .toList());
    }

    static VisibleMessages ofMattermost(FakeMattermost mattermost) {
        Map<String, Integer> markers = new HashMap<>();
        List<Root> roots = new ArrayList<>();
        for (JsonNode post : mattermost.posts()) {
            boolean isRoot = post.path("root_id").asText().isEmpty();
            String marker =
                    post.at("/props/ci_notify/" + (isRoot ? "root" : "message")).asText();
            markers.merge(marker, 1, Integer::sum);
            if (isRoot) {
                String first = mattermost.firstMessage(post.path("id").asText());
                String text = post.path("message").asText();
                roots.add(new Root(marker, text, isOver(text), !isOver(first)));
            }
        }
        return new VisibleMessages("mattermost", null, markers, roots);
    }

    /** A card has no marker, so its lane is that; what may be a duplicate says so. */
    static VisibleMessages ofTeams(FakeTeams teams) {
        List<Root> roots = teams.cards().stream()
                .map(card -> String.join("\n", card.findValuesAsText("text")))
                .map(text -> new Root(lane(text), text, isOver(text), true))
                .toList();
        return new VisibleMessages("teams", null, Map.of(), roots);
    }

    /** As a mail program shows a mailbox: one mail for each id. */
    static VisibleMessages ofMail(FakeSmtp server) {
        Map<String, Root> mails = new LinkedHashMap<>();
        for (MimeMessage mail : server.mails()) {
            try {
                String id = mail.getMessageID()
                        .replaceFirst("^<ci-notify\\.", "ci-notify:")
                        .replaceFirst("@.*", "");
                String text = mail.getSubject() + "\n"
                        + ((Multipart) mail.getContent()).getBodyPart(0).getContent();
                mails.putIfAbsent(id, new Root(id, text, isOver(text), true));
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return new VisibleMessages(
                "email",
                null,
                mails.keySet().stream().collect(Collectors.toMap(id -> id, id -> 1)),
                List.copyOf(mails.values()));
    }

    private static boolean isOver(String text) {
        return text.toLowerCase().contains("resolved");
    }

    private static String lane(String text) {
        return WriteLog.LANE
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElse("");
    }

    /** Whether it is a list of all that was sent, rather than what is there now. */
    boolean isLog() {
        return LOGS.contains(channel);
    }

    /** Whether the store knows by marker what is seen, also of the first message of a thread. */
    boolean hasMarkers(boolean root) {
        return !channel.equals("teams") && !(root && channel.equals("email"));
    }

    /** Whether a resolution is a comment of its own. */
    boolean hasClosingComments() {
        return channel.equals("github") || channel.equals("jira");
    }

    boolean shows(Map<String, Object> row) {
        return channel.equals(row.get("channel"))
                && (destination == null || destination.equals(row.get("destination")));
    }

    /** How often a marker is seen. */
    int count(String marker) {
        return markers.getOrDefault(marker, 0);
    }

    /** The markers that are seen more often than once. */
    List<String> doubled() {
        return markers.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> markers(String body) {
        return body.lines()
                .filter(line -> line.startsWith(MARKER))
                .map(line -> line.substring("<!-- ".length(), line.length() - " -->".length()))
                .toList();
    }
}
