// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.command.Comment.Kind;
import io.kubevirt.cinotify.command.Comment.ReactionTarget;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads new comments from GitHub events: comments, reviews, review comments, and the descriptions of pull requests and
 * issues (prow-contract §9). Never throws, whatever the payload is.
 */
public final class CommentReader {
    public static final Set<String> EVENTS =
            Set.of("issue_comment", "issues", "pull_request", "pull_request_review", "pull_request_review_comment");

    /** Hidden in every comment of this plugin. */
    static final String OWN_MARKER = "<!-- ci-notify:";

    /** The action of each event that creates a comment. */
    private static final Map<String, String> CREATION = Map.of(
            "issue_comment", "created",
            "issues", "opened",
            "pull_request", "opened",
            "pull_request_review", "submitted",
            "pull_request_review_comment", "created");

    /** Values of author_association; GitHub may hide a membership from the plugin. */
    private static final Set<String> INSIDERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

    private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})");
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern PAGE = Pattern.compile("https?://[A-Za-z0-9.:-]+/[A-Za-z0-9._/#-]{1,500}");

    /** The comment in an event, or why there is none. */
    public sealed interface Result {
        record CommandComment(Comment comment) implements Result {}

        record Ignored(IgnoredReason reason, String explanation) implements Result {}

        /** Why an event is ignored; stored as reason of the delivery. */
        enum IgnoredReason {
            NO_COMMAND,
            /** Edited, deleted, labeled or pushed: only new comments count. */
            NOT_CREATED,
            OWN_COMMENT,
            BY_BOT,
            MALFORMED_EVENT;

            public String value() {
                return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            }
        }
    }

    private final Set<String> bots;

    /** @param bots handles of programs that GitHub takes for people, this plugin's own among them, in lower case */
    public CommentReader(Set<String> bots) {
        this.bots = Set.copyOf(bots);
    }

    public Result read(String event, JsonNode payload) {
        String action = payload.path("action").asText("");
        if (!action.equals(CREATION.get(event))) {
            return new Result.Ignored(
                    Result.IgnoredReason.NOT_CREATED, "the event is " + event + ", which creates no comment");
        }
        if (payload.path("changes").hasNonNull("old_issue")
                || payload.path("changes").hasNonNull("old_repository")) {
            return new Result.Ignored(
                    Result.IgnoredReason.NOT_CREATED, "the issue was moved from another repository, where it counted");
        }
        JsonNode written = written(event, payload);
        String body = written.path("body").asText("");
        if (Command.parseAll(body).isEmpty()) {
            return new Result.Ignored(
                    Result.IgnoredReason.NO_COMMAND, "no line begins with " + CommandLineScanner.PREFIX);
        }
        if (body.contains(OWN_MARKER)) {
            return new Result.Ignored(Result.IgnoredReason.OWN_COMMENT, "it has the marker of this plugin's comments");
        }
        String author = written.path("user").path("login").asText("");
        if (isBot(written, author)
                || isBot(
                        payload.path("sender"),
                        payload.path("sender").path("login").asText(""))) {
            return new Result.Ignored(Result.IgnoredReason.BY_BOT, "the author is a bot");
        }
        return comment(event, payload, written)
                .<Result>map(Result.CommandComment::new)
                .orElseGet(() -> new Result.Ignored(
                        Result.IgnoredReason.MALFORMED_EVENT, "the author, the URL or the conversation is missing"));
    }

    private static JsonNode written(String event, JsonNode payload) {
        return payload.path(
                switch (event) {
                    case "issues" -> "issue";
                    case "pull_request" -> "pull_request";
                    case "pull_request_review" -> "review";
                    default -> "comment";
                });
    }

    private boolean isBot(JsonNode written, String login) {
        String type =
                written.path("user").path("type").asText(written.path("type").asText(""));
        return type.equalsIgnoreCase("Bot")
                || login.endsWith("[bot]")
                || written.hasNonNull("performed_via_github_app")
                || bots.contains(login.toLowerCase(java.util.Locale.ROOT));
    }

    private static Optional<Comment> comment(String event, JsonNode payload, JsonNode written) {
        JsonNode thread = payload.hasNonNull("pull_request") ? payload.path("pull_request") : payload.path("issue");
        Optional<Repository> repository = repository(payload);
        String author = written.path("user").path("login").asText("");
        int number = thread.path("number").asInt();
        String url = written.path("html_url").asText("");
        if (repository.isEmpty() || number <= 0 || !HANDLE.matches(author) || !PAGE.matches(url)) {
            return Optional.empty();
        }
        boolean pull = payload.hasNonNull("pull_request") || thread.hasNonNull("pull_request");
        Conversation conversation = new Conversation(
                repository.get(),
                number,
                pull,
                thread.path("state").asText("open").equals("open"),
                thread.path("title").asText(""),
                thread.path("user").path("login").asText(""),
                labels(thread));
        return Optional.of(new Comment(
                identity(event, conversation, written, url),
                conversation,
                author,
                written.path("body").asText(""),
                url,
                INSIDERS.contains(written.path("author_association").asText("")),
                reactionTarget(event, number, written)));
    }

    private static String identity(String event, Conversation conversation, JsonNode written, String url) {
        boolean isBody = event.equals("issues") || event.equals("pull_request");
        String id = isBody ? "body" : event + " " + written.path("id").asText(url);
        return conversation.reference() + " " + id;
    }

    /** The event that GitHub would send for a comment or review, from the resources of its API. */
    public static byte[] payload(String event, Repository repository, JsonNode issue, JsonNode written) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("action", CREATION.get(event));
        payload.putObject("repository").put("full_name", repository.fullName());
        payload.set("issue", issue);
        payload.set(event.equals("pull_request_review") ? "review" : "comment", written);
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The repository of an event with a comment or review; empty for all other events. */
    public static Optional<Repository> commentedRepository(String event, JsonNode payload) {
        return event.equals("issues") || event.equals("pull_request") ? Optional.empty() : repository(payload);
    }

    private static Optional<Repository> repository(JsonNode payload) {
        return Repository.parse(payload.path("repository").path("full_name").asText(""))
                .filter(name -> PLAIN_NAME.matches(name.org()) && PLAIN_NAME.matches(name.name()));
    }

    private static @Nullable ReactionTarget reactionTarget(String event, int number, JsonNode written) {
        long id = written.path("id").asLong();
        return switch (event) {
            case "issue_comment" -> new ReactionTarget(Kind.COMMENT, id);
            case "pull_request_review_comment" -> new ReactionTarget(Kind.REVIEW_COMMENT, id);
            case "pull_request_review" -> null;
            default -> new ReactionTarget(Kind.BODY, number);
        };
    }

    private static List<String> labels(JsonNode thread) {
        List<String> names = new ArrayList<>();
        thread.path("labels").forEach(label -> names.add(label.path("name").asText("")));
        return names;
    }
}
