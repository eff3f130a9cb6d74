// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubException.Kind;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.github.GitHubIssues.NewIssue;
import io.kubevirt.cinotify.github.GitHubLabels;
import io.kubevirt.cinotify.github.GitHubUsers;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Issues and comments. An incident's root is an issue in a repository ({@code org/repo}) or a comment in a conversation
 * ({@code org/repo#7}); what calls a person later is a comment of its own, since GitHub tells nobody of an edit.
 */
public final class GitHubChannel implements Channel {

    /** The name in settings and in {@link OutgoingMessage.TextMessage#channel}. */
    public static final String NAME = "github";

    private final GitHubIssues issues;
    private final GitHubUsers users;
    private final GitHubLabels labels;
    private final GitHubFormatter formatter;
    private final Supplier<GitHubConfig> rules;

    /**
     * @param voice its words
     * @param rules the settings in force
     */
    public GitHubChannel(GitHubApi api, GitHubFormatter voice, Supplier<GitHubConfig> rules) {
        this.issues = new GitHubIssues(api);
        this.users = new GitHubUsers(api);
        this.labels = new GitHubLabels(api);
        this.formatter = voice;
        this.rules = rules;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(true, true, true);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.TextMessage letter ->
                letter.channel().equals(NAME) ? List.of(letter.destination()) : List.of();
            case OutgoingMessage.IncidentMessage(Notification message, var why) ->
                GitHubDestinationResolver.resolve(message, rules.get());
        };
    }

    /** An issue of its own in the repository of issues; without one nothing is held back. */
    @Override
    public Optional<String> defaultDestination() {
        return Optional.ofNullable(rules.get().repository()).map(Repository::fullName);
    }

    @Override
    public SendResult post(AddressedMessage saying) {
        return attempt(saying.destination(), (place, missing) -> retryLater(missing, ""), place -> {
            if (place.number() == null) {
                int number = issues.create(place.repository(), issue(saying, place.repository()))
                        .number();
                return GitHubDestination.conversation(place.repository(), number);
            }
            return place.comment(issues.comment(place.repository(), place.number(), formatter.root(saying))
                    .id());
        });
    }

    @Override
    public SendResult edit(AddressedMessage saying, String root) {
        return attempt(root, this::existingMessageNotFound, place -> {
            if (place.comment() != null) {
                issues.updateComment(place.repository(), place.comment(), formatter.root(saying));
            } else if (place.number() != null) {
                changeIssue(saying, place.repository(), place.number());
            }
            return place;
        });
    }

    /** The word comes before the end, so that an end without a word cannot be left behind by a crash. */
    private void changeIssue(AddressedMessage saying, Repository repository, int number) throws GitHubException {
        @Nullable String state = state(saying.message());
        boolean over = "closed".equals(state);
        if (over && comment(saying, repository, number, saying.marker()).isEmpty()) {
            issues.comment(repository, number, formatter.reply(saying));
        }
        NewIssue changed = new NewIssue(formatter.title(saying), formatter.root(saying), List.of(), List.of());
        issues.change(repository, number, changed, state);
    }

    /** What calls a person reopens an issue: the incident came back, or somebody closed it too early. */
    private static @Nullable String state(OutgoingMessage content) {
        if (!(content instanceof OutgoingMessage.IncidentMessage(Notification message, var why))) {
            return null;
        }
        if (message.kind() == NotificationKind.RESOLVED) {
            return "closed";
        }
        return message.kind().interrupts() ? "open" : null;
    }

    @Override
    public SendResult reply(AddressedMessage saying, String root) {
        return attempt(root, (place, missing) -> existingMessageNotFound(place.conversation(), missing), place -> {
            int number = place.number() == null ? 0 : place.number();
            Optional<String> assignee =
                    place.comment() == null ? assignee(saying, place.repository()) : Optional.empty();
            if (assignee.isPresent()) {
                issues.assign(place.repository(), number, assignee.get());
            }
            return place.comment(issues.comment(place.repository(), number, formatter.reply(saying))
                    .id());
        });
    }

    /** Whoever is told now, where an issue of the repository can be theirs. */
    private Optional<String> assignee(AddressedMessage saying, Repository repository) throws GitHubException {
        String handle = saying.message() instanceof OutgoingMessage.IncidentMessage(Notification message, var why)
                        && message.to() != null
                ? message.to().handle()
                : null;
        return handle != null && users.isAssignable(repository, handle) ? Optional.of(handle) : Optional.empty();
    }

    @Override
    public LookupResult findRoot(AddressedMessage saying) {
        return lookUp(saying.destination(), place -> {
            Repository repository = place.repository();
            if (place.number() != null) {
                return comment(saying, repository, place.number(), saying.rootMarker())
                        .map(place::comment);
            }
            String self = users.self();
            return issues.newest(
                            repository,
                            self,
                            Markers.earliest(saying),
                            issue -> Markers.has(issue.body(), saying.rootMarker()))
                    .map(issue -> GitHubDestination.conversation(repository, issue.number()));
        });
    }

    @Override
    public LookupResult findReply(AddressedMessage saying, String root) {
        return lookUp(root, place -> {
            int number = place.number() == null ? 0 : place.number();
            return comment(saying, place.repository(), number, saying.marker()).map(place::comment);
        });
    }

    /** Of our own with a marker: anybody can write one. */
    private Optional<Long> comment(AddressedMessage saying, Repository repository, int number, String marker)
            throws GitHubException {
        String self = users.self();
        return issues.comment(
                        repository,
                        number,
                        Markers.earliest(saying),
                        comment -> comment.author().equalsIgnoreCase(self) && Markers.has(comment.body(), marker))
                .map(GitHubIssues.Comment::id);
    }

    private NewIssue issue(AddressedMessage saying, Repository repository) throws GitHubException {
        if (!(saying.message() instanceof OutgoingMessage.IncidentMessage(Notification message, var why))) {
            return new NewIssue(formatter.title(saying), formatter.root(saying), List.of(), List.of());
        }
        IncidentView incident = message.incident();
        return new NewIssue(
                formatter.title(saying),
                formatter.root(saying),
                labels.existing(repository, rules.get().labelsFor(incident.diagnosis())),
                assignee(saying, repository).stream().toList());
    }

    /** Something that GitHub is asked for. */
    private interface GitHubCall<T> {
        T call(GitHubDestination place) throws GitHubException;
    }

    private static SendResult attempt(
            String where,
            BiFunction<GitHubDestination, GitHubException, SendResult> missing,
            GitHubCall<GitHubDestination> act) {
        Optional<GitHubDestination> place = GitHubDestination.parse(where);
        if (place.isEmpty()) {
            return new SendResult.Rejected(
                    "\"" + where + "\" is no place on GitHub; write org/repo or org/repo#number");
        }
        try {
            return new SendResult.Sent(act.call(place.get()).toString());
        } catch (GitHubException e) {
            return switch (e.kind()) {
                case RETRY_LATER -> new SendResult.RetryLater(e.retryAfter(), scope(e), e.explanation());
                case OUTCOME_UNKNOWN -> new SendResult.Unknown(e.explanation());
                case NOT_FOUND -> missing.apply(place.get(), e);
                case REJECTED -> new SendResult.Rejected(e.explanation());
            };
        }
    }

    private LookupResult lookUp(String where, GitHubCall<Optional<GitHubDestination>> act) {
        Optional<GitHubDestination> place = GitHubDestination.parse(where);
        if (place.isEmpty()) {
            return new LookupResult.NotFound();
        }
        try {
            return act.call(place.get())
                    .<LookupResult>map(found -> new LookupResult.Found(found.toString()))
                    .orElseGet(LookupResult.NotFound::new);
        } catch (GitHubException e) {
            return e.kind() == Kind.NOT_FOUND
                    ? lookupNotFound(place.get(), e)
                    : new LookupResult.Inconclusive(e.retryAfter(), scope(e), e.explanation());
        }
    }

    /** GitHub answers 404 both for a deleted resource and for one that the account may not see or change. */
    private SendResult existingMessageNotFound(GitHubDestination destination, GitHubException failure) {
        Repository repository = destination.repository();
        try {
            if (issues.isVisible(repository, destination.number(), destination.comment())) {
                return retryLater(failure, "; it exists: grant the token or the App write access to " + repository);
            }
            return issues.isVisible(repository, null, null)
                    ? new SendResult.TargetGone(failure.explanation())
                    : retryLater(failure, "; grant the token or the App read access to " + repository);
        } catch (GitHubException e) {
            return new SendResult.RetryLater(e.retryAfter(), scope(e), e.explanation());
        }
    }

    /** A deleted conversation takes its comments with it. */
    private LookupResult lookupNotFound(GitHubDestination destination, GitHubException failure) {
        try {
            return issues.isVisible(destination.repository(), null, null)
                    ? new LookupResult.NotFound()
                    : new LookupResult.Inconclusive(SecretFile.OPERATOR_RETRY_DELAY, failure.explanation());
        } catch (GitHubException e) {
            return new LookupResult.Inconclusive(e.retryAfter(), scope(e), e.explanation());
        }
    }

    private static SendResult retryLater(GitHubException failure, String hint) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, failure.explanation() + hint);
    }

    private static SendResult.Scope scope(GitHubException failure) {
        return failure.serviceWide() ? SendResult.Scope.CHANNEL : SendResult.Scope.DESTINATION;
    }
}
