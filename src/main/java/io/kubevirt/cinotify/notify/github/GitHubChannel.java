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
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.TestIssue;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Issues and comments. The root is an issue in a repository ({@code org/repo}) or a comment on an issue or pull request
 * ({@code org/repo#7}). A message for a person is a new comment, since GitHub sends no mail for edits.
 */
public final class GitHubChannel implements Channel {
    /** The name in the configuration and in {@link OutgoingMessage.TextMessage#channel}. */
    public static final String NAME = "github";

    /** A creation may end half a minute after its timeout; lists lag some seconds, and longer while GitHub is degraded. */
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(90);

    private final GitHubIssues issues;
    private final GitHubUsers users;
    private final GitHubLabels labels;
    private final GitHubFormatter formatter;
    private final Supplier<GitHubConfig> config;
    private final Function<Repository, Visibility> visibility;

    /**
     * @param config the current configuration
     * @param visibility of a repository
     */
    public GitHubChannel(
            GitHubApi api,
            GitHubFormatter formatter,
            Supplier<GitHubConfig> config,
            Function<Repository, Visibility> visibility) {
        this.visibility = visibility;
        this.issues = new GitHubIssues(api);
        this.users = new GitHubUsers(api);
        this.labels = new GitHubLabels(api);
        this.formatter = formatter;
        this.config = config;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(true, true, true, Duration.ZERO, VISIBILITY_DELAY);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.TextMessage textMessage ->
                textMessage.channel().equals(NAME) ? List.of(textMessage.destination()) : List.of();
            case OutgoingMessage.IncidentMessage(Notification notification, var why) ->
                GitHubDestinationResolver.resolve(notification, config.get());
        };
    }

    /** An issue in the configured repository; without one nothing is rate limited. */
    @Override
    public Optional<String> defaultDestination() {
        return Optional.ofNullable(config.get().repository()).map(Repository::fullName);
    }

    @Override
    public Audience audience(String destination) {
        return GitHubDestination.parse(destination)
                .<Audience>map(at -> new Audience.Readers(at.repository(), visibility.apply(at.repository())))
                .orElse(Audience.PUBLIC);
    }

    @Override
    public SendResult post(AddressedMessage message) {
        GitHubIssues writer = issues.guardedBy(message::beforeWrite);
        return attempt(message.destination(), (destination, missing) -> retryLater(missing, ""), destination -> {
            if (destination.number() == null) {
                int number = writer.create(destination.repository(), issue(message, destination.repository()))
                        .number();
                return GitHubDestination.conversation(destination.repository(), number);
            }
            return destination.comment(
                    writer.comment(destination.repository(), destination.number(), formatter.root(message))
                            .id());
        });
    }

    /** What a person edited stays as it is. */
    @Override
    public SendResult edit(AddressedMessage message, String root) {
        GitHubIssues writer = issues.guardedBy(message::beforeWrite);
        return attempt(root, (destination, missing) -> editNotFound(message, destination, missing), destination -> {
            if (destination.comment() != null) {
                String shown = issues.comment(destination.repository(), destination.comment())
                        .body();
                if (!Markers.isEdited("", shown)) {
                    writer.updateComment(destination.repository(), destination.comment(), formatter.root(message));
                }
            } else if (destination.number() != null) {
                change(message, destination.repository(), destination.number(), writer);
            }
            return destination;
        });
    }

    /** One request, so that title, text and state are always those of one message. */
    private void change(AddressedMessage message, Repository repository, int number, GitHubIssues writer)
            throws GitHubException {
        GitHubIssues.Issue shown = issues.issue(repository, number);
        @Nullable String state = state(message.message(), shown);
        boolean edited = Markers.isEdited(shown.title(), shown.body());
        if (!edited || (state != null && !state.equals(shown.state()))) {
            NewIssue text = new NewIssue(formatter.title(message), formatter.root(message), List.of(), List.of());
            writer.change(repository, number, edited ? null : text, state);
        }
    }

    /** Of a deleted issue nothing is left to close. */
    private SendResult editNotFound(AddressedMessage message, GitHubDestination root, GitHubException missing) {
        SendResult result = existingMessageNotFound(root, missing);
        return result instanceof SendResult.TargetGone && testState(message.message()) == TestIssue.State.CLOSED
                ? new SendResult.Sent(root.toString())
                : result;
    }

    /** Null for anything but an issue about a flaky test. */
    private static TestIssue.@Nullable State testState(OutgoingMessage content) {
        return content instanceof OutgoingMessage.TextMessage text && text.issue() != null
                ? text.issue().state()
                : null;
    }

    /** An issue that a person closed is reopened only by a notification of a person; one that we closed, whenever the incident is open. */
    private @Nullable String state(OutgoingMessage content, GitHubIssues.Issue shown) throws GitHubException {
        if (!(content instanceof OutgoingMessage.IncidentMessage(Notification notification, var why))) {
            return switch (testState(content)) {
                case REOPENED -> "open";
                case CLOSED -> "closed";
                case OPEN -> null;
                case null -> null;
            };
        }
        if (notification.incident().state().isOver()) {
            return notification.kind() == NotificationKind.RESOLVED ? "closed" : null;
        }
        return notification.kind().interrupts() || isClosedByUs(shown) ? "open" : null;
    }

    private boolean isClosedByUs(GitHubIssues.Issue issue) throws GitHubException {
        return issue.state().equals("closed") && issue.closedBy().equalsIgnoreCase(users.self());
    }

    @Override
    public ReadBackResult readBack(AddressedMessage message, String root) {
        @Nullable GitHubDestination destination = GitHubDestination.parse(root).orElse(null);
        if (destination == null || destination.number() == null) {
            return new ReadBackResult.Matches();
        }
        try {
            return readBack(message, destination, destination.number());
        } catch (GitHubException e) {
            // A deleted message is respected; the next write notices it.
            return e.kind() == Kind.NOT_FOUND && lookupNotFound(destination, e) instanceof LookupResult.NotFound
                    ? new ReadBackResult.Matches()
                    : new ReadBackResult.Inconclusive(e.retryAfter(), scope(e), e.explanation());
        }
    }

    private ReadBackResult readBack(AddressedMessage message, GitHubDestination root, int number)
            throws GitHubException {
        if (root.comment() != null) {
            String text = issues.comment(root.repository(), root.comment()).body();
            return Markers.contains(text, message.marker()) || Markers.isEdited("", text)
                    ? new ReadBackResult.Matches()
                    : new ReadBackResult.Differs("comment " + root + " shows another message");
        }
        GitHubIssues.Issue issue = issues.issue(root.repository(), number);
        boolean open = message.message() instanceof OutgoingMessage.IncidentMessage(Notification notification, var why)
                ? !notification.incident().state().isOver()
                : testState(message.message()) == TestIssue.State.REOPENED;
        boolean current =
                Markers.contains(issue.body(), message.marker()) || Markers.isEdited(issue.title(), issue.body());
        return current && !(open && isClosedByUs(issue))
                ? new ReadBackResult.Matches()
                : new ReadBackResult.Differs("issue " + root + " shows \"" + issue.title() + "\"");
    }

    /** A comment on an issue, since GitHub sends no mail for a change of its text. */
    @Override
    public boolean repliesBeforeEdit(NotificationKind kind, String root) {
        return kind == NotificationKind.RESOLVED
                && GitHubDestination.parse(root)
                        .filter(destination -> destination.comment() == null)
                        .isPresent();
    }

    @Override
    public SendResult reply(AddressedMessage message, String root) {
        GitHubIssues writer = issues.guardedBy(message::beforeWrite);
        return attempt(
                root,
                (destination, missing) -> existingMessageNotFound(destination.conversation(), missing),
                destination -> {
                    int number = destination.number() == null ? 0 : destination.number();
                    Optional<String> assignee = destination.comment() == null
                            ? assignee(message, destination.repository())
                            : Optional.empty();
                    if (assignee.isPresent()) {
                        writer.assign(destination.repository(), number, assignee.get());
                    }
                    return destination.comment(
                            writer.comment(destination.repository(), number, formatter.reply(message))
                                    .id());
                });
    }

    /** The notified person, if the repository allows to assign issues to them. */
    private Optional<String> assignee(AddressedMessage message, Repository repository) throws GitHubException {
        String handle = message.message() instanceof OutgoingMessage.IncidentMessage(Notification notification, var why)
                        && notification.to() != null
                ? notification.to().handle()
                : null;
        return handle != null && users.isAssignable(repository, handle) ? Optional.of(handle) : Optional.empty();
    }

    @Override
    public LookupResult findRoot(AddressedMessage message) {
        return lookUp(message.destination(), destination -> {
            Repository repository = destination.repository();
            if (destination.number() != null) {
                return comment(message, repository, destination.number(), message.rootMarker())
                        .map(destination::comment);
            }
            return issueOf(message, repository)
                    .map(issue -> GitHubDestination.conversation(repository, issue.number()));
        });
    }

    /** The list is right, but lags while GitHub is degraded; the search lags by itself. */
    private Optional<GitHubIssues.Issue> issueOf(AddressedMessage message, Repository repository)
            throws GitHubException {
        String self = users.self();
        String marker = message.rootMarker();
        Optional<GitHubIssues.Issue> listed =
                issues.newest(repository, self, Markers.earliest(message), issue -> Markers.has(issue.body(), marker));
        return listed.isPresent()
                ? listed
                : issues.search(
                        repository,
                        Markers.safe(marker),
                        issue -> issue.author().equalsIgnoreCase(self) && Markers.has(issue.body(), marker));
    }

    @Override
    public LookupResult findReply(AddressedMessage message, String root) {
        return lookUp(root, destination -> {
            int number = destination.number() == null ? 0 : destination.number();
            return comment(message, destination.repository(), number, message.marker())
                    .map(destination::comment);
        });
    }

    /** Only our own comments count: anyone can write a marker. */
    private Optional<Long> comment(AddressedMessage message, Repository repository, int number, String marker)
            throws GitHubException {
        String self = users.self();
        return issues.comment(
                        repository,
                        number,
                        Markers.earliest(message),
                        comment -> comment.author().equalsIgnoreCase(self) && Markers.has(comment.body(), marker))
                .map(GitHubIssues.Comment::id);
    }

    private NewIssue issue(AddressedMessage message, Repository repository) throws GitHubException {
        if (!(message.message() instanceof OutgoingMessage.IncidentMessage(Notification notification, var why))) {
            List<String> existing =
                    message.message() instanceof OutgoingMessage.TextMessage text && text.issue() != null
                            ? labels.existing(repository, text.issue().labels())
                            : List.of();
            return new NewIssue(formatter.title(message), formatter.root(message), existing, List.of());
        }
        IncidentView incident = notification.incident();
        return new NewIssue(
                formatter.title(message),
                formatter.root(message),
                labels.existing(repository, config.get().labelsFor(incident.diagnosis())),
                assignee(message, repository).stream().toList());
    }

    private interface GitHubCall<T> {
        T call(GitHubDestination destination) throws GitHubException;
    }

    private static SendResult attempt(
            String where,
            BiFunction<GitHubDestination, GitHubException, SendResult> missing,
            GitHubCall<GitHubDestination> act) {
        Optional<GitHubDestination> destination = GitHubDestination.parse(where);
        if (destination.isEmpty()) {
            return new SendResult.Rejected(
                    "\"" + where + "\" is not a destination on GitHub; use org/repo or org/repo#number");
        }
        try {
            return new SendResult.Sent(act.call(destination.get()).toString());
        } catch (GitHubException e) {
            return switch (e.kind()) {
                case RETRY_LATER -> new SendResult.RetryLater(e.retryAfter(), scope(e), e.explanation());
                case OUTCOME_UNKNOWN -> new SendResult.Unknown(e.explanation());
                case NOT_FOUND -> missing.apply(destination.get(), e);
                case REJECTED -> new SendResult.Rejected(e.explanation());
            };
        }
    }

    private LookupResult lookUp(String where, GitHubCall<Optional<GitHubDestination>> act) {
        Optional<GitHubDestination> destination = GitHubDestination.parse(where);
        if (destination.isEmpty()) {
            return new LookupResult.NotFound();
        }
        try {
            return act.call(destination.get())
                    .<LookupResult>map(found -> new LookupResult.Found(found.toString()))
                    .orElseGet(LookupResult.NotFound::new);
        } catch (GitHubException e) {
            return e.kind() == Kind.NOT_FOUND
                    ? lookupNotFound(destination.get(), e)
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
