// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandDispatcher;
import io.kubevirt.cinotify.command.CommandEnvironment;
import io.kubevirt.cinotify.command.CommandLogEntry;
import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.command.JobCommentConfig;
import io.kubevirt.cinotify.command.JobFiles;
import io.kubevirt.cinotify.command.JobsHandler;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.CommentQueue;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.comment.PullRequestLookup.Snapshot;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.github.GitHubLabels;
import io.kubevirt.cinotify.github.GitHubPullRequests;
import io.kubevirt.cinotify.github.GitHubUsers;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.notify.slack.SlackResponder;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers comments in three steps. The comment thread reads the comment and asks GitHub, which may block; the event loop
 * decides; the comment thread then adds the reaction. A crash in between starts over, and nothing happens twice: the
 * decision and the outcome of the delivery are in one transaction.
 */
public final class CommentProcessor implements CommentQueue {
    private static final Logger LOG = Logger.getLogger(CommentProcessor.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SHUTDOWN_SECONDS = 1;
    private final Store store;
    private final Supplier<Config> config;
    private final InstantSource clock;
    private final @Nullable GitHubClient github;
    private final IncidentService incidents;
    private final PullRequestLookup lookup;
    private final JobFileLookup jobFiles;
    private final JobComments jobComments;
    private final CommentReactions reactions;
    private final CommentWatermarks watermarks;
    private final CommandEnvironments environments;
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<PreparedComment> prepared = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> pendingReactions = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("comments").unstarted(work));
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private volatile @Nullable SlackCommands slack;

    /** A comment with commands, and what GitHub was asked to answer it; with what it is on Slack, if it is of there. */
    record PreparedComment(
            String delivery,
            Comment comment,
            List<Command> commands,
            Snapshot snapshot,
            CommandEnvironment environment,
            @Nullable SlackRequest slack) {
        PreparedComment {
            commands = List.copyOf(commands);
        }
    }

    /** @param github null without access to GitHub: only what the events carry is known, and no reaction is added */
    public CommentProcessor(
            Store store,
            Supplier<Config> config,
            IncidentService incidents,
            @Nullable GitHubClient github,
            InstantSource clock) {
        this.store = store;
        this.config = config;
        this.incidents = incidents;
        this.github = github;
        this.clock = clock;
        this.lookup = new PullRequestLookup(github, incidents.names(), clock);
        this.jobFiles = new JobFileLookup(github == null ? null : github.pullRequests(), incidents.names());
        this.jobComments = new JobComments(jobFiles);
        this.reactions = new CommentReactions(github, incidents.names());
        this.watermarks = new CommentWatermarks(store);
        this.environments = new CommandEnvironments(store);
    }

    /** Executes what people do on Slack. */
    public void answerSlackWith(SlackResponder responder) {
        slack = new SlackCommands(responder);
    }

    @Override
    public boolean isQueued(String deliveryId) {
        return queued.contains(deliveryId);
    }

    @Override
    public void offer(String deliveryId) {
        if (queued.add(deliveryId)) {
            waiting.add(deliveryId);
        }
    }

    @Override
    public void wake(Runnable onReady) {
        if (wakePending.compareAndSet(false, true)) {
            try {
                thread.execute(() -> prepareOnThread(onReady));
            } catch (RejectedExecutionException stopping) {
                LOG.debug("stopping; the next start prepares the remaining comments");
            }
        }
    }

    @Override
    public void decideAll() {
        for (PreparedComment next = prepared.peek(); next != null; next = prepared.peek()) {
            decide(next);
            prepared.remove(next);
        }
        for (String id = jobComments.next().orElse(null);
                id != null;
                id = jobComments.next().orElse(null)) {
            decideOrRecord(id, () -> incidents.decide(jobComments::decide));
            jobComments.decided();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepareOnThread(Runnable onReady) {
        wakePending.set(false);
        try {
            if (prepareAll()) {
                onReady.run();
            }
        } catch (StoreUnavailable e) {
            LOG.debugf("comments wait for the store: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("cannot prepare comments; retrying", e);
        }
    }

    /**
     * Adds the reactions for decided comments and prepares the waiting ones. Blocks while it asks GitHub; one thread at a
     * time.
     *
     * @return whether there is something to decide
     * @throws StoreUnavailable if the store fails; the delivery is not queued any more then
     */
    boolean prepareAll() {
        for (Runnable reaction = pendingReactions.poll(); reaction != null; reaction = pendingReactions.poll()) {
            reaction.run();
        }
        for (String id = waiting.poll(); id != null; id = waiting.poll()) {
            prepare(id);
        }
        return !prepared.isEmpty() || jobComments.hasPrepared();
    }

    private void prepare(String id) {
        try {
            JournalEntry delivery =
                    store.inTransaction(transaction -> transaction.deliveries().get(id));
            Config current = config.get();
            if (delivery.event().equals(SlackRequest.EVENT)) {
                prepareSlack(delivery, current);
                return;
            }
            JsonNode payload = payload(delivery);
            observeVisibility(payload);
            CommentReader.commentedRepository(delivery.event(), payload)
                    .ifPresent(repository -> watermarks.sawEvent(repository, delivery.receivedAt()));
            JobCommentConfig jobs = current.file().commands().jobs();
            switch (new CommentReader(botLogins(current)).read(delivery.event(), payload)) {
                case CommentReader.Result.Ignored(CommentReader.Result.IgnoredReason reason, String why) -> {
                    if (!jobComments.prepare(delivery, payload, jobs, here -> environments.onGitHub(current, here))) {
                        suppress(id, reason.value(), why);
                    }
                }
                case CommentReader.Result.CommandComment(Comment comment) ->
                    prepare(id, comment, current, JobComments.isPush(delivery.event(), payload, jobs));
            }
        } catch (StoreUnavailable e) {
            queued.remove(id);
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // First, because recording the failure may fail too, and a queued delivery is not offered again.
            queued.remove(id);
            DeliveryProcessor.recordFailure(store, id, e, clock.instant());
        }
    }

    private void observeVisibility(JsonNode payload) {
        Visibility shown = Visibility.ofRepository(payload);
        Optional<Repository> repository =
                Repository.parse(payload.path("repository").path("full_name").asText());
        if (shown != null && repository.isPresent()) {
            store.inTransaction(transaction -> {
                transaction.visibility().observe(repository.get(), shown);
                return true;
            });
        }
    }

    /**
     * The limits come before the first request to GitHub: a flood of comments causes no flood of reactions and reads.
     *
     * @param push whether it is the description of a pull request whose jobs are commented on too
     */
    private void prepare(String id, Comment comment, Config current, boolean push) {
        Repository here = comment.conversation().repository();
        CommandEnvironment environment = environments.onGitHub(current, here);
        if (isFlooding(comment.author(), environment.limits())) {
            suppress(id, CommandLogEntry.REFUSED, "too many commands of " + comment.author() + " within an hour");
            return;
        }
        reactions.markSeen(comment);
        List<Command> commands = new ArrayList<>(Command.parseAll(comment.body()));
        Snapshot snapshot = lookup.fetch(comment, commands, current, environment.permissions());
        boolean asked = commands.stream().anyMatch(Command::needsJobFiles);
        if (comment.conversation().pull() && (asked || push)) {
            JobFiles files = jobFiles.fetch(
                    current.file().commands().jobs(),
                    here,
                    comment.conversation().number());
            snapshot = snapshot.with(files);
            if (!asked
                    && files != null
                    && !JobsHandler.comment(files, environment, clock.instant()).isEmpty()) {
                commands.addAll(Command.parseAll("/ci-notify " + JobsHandler.VERB));
            }
        }
        prepared.add(new PreparedComment(id, comment, commands, snapshot, environment, null));
    }

    private void prepareSlack(JournalEntry delivery, Config current) {
        SlackCommands commands = slack;
        SlackRequest request = SlackRequest.parse(delivery.body());
        if (commands == null) {
            suppress(delivery.id(), CommandLogEntry.REFUSED, "slack.buttons is not configured any more");
        } else if (request.text() == null) {
            suppress(delivery.id(), "answered", "the Home tab was shown");
            pendingReactions.add(() -> new SlackHome(store, commands.responder(), clock).show(request, current));
        } else {
            PreparedComment next = commands.prepare(delivery.id(), request, environments, current);
            if (isFlooding(next.comment().author(), next.environment().limits())) {
                suppress(delivery.id(), CommandLogEntry.REFUSED, "too many commands within an hour");
                commands.responder().answer(request, "Too many commands within an hour: nothing was changed.");
            } else {
                prepared.add(next);
            }
        }
    }

    private boolean isFlooding(String author, CommandEnvironment.Limits limits) {
        Instant since = clock.instant().minus(CommandDispatcher.HOUR);
        long undecided = prepared.stream()
                .filter(other -> other.comment().author().equalsIgnoreCase(author))
                .mapToLong(other -> other.commands().size())
                .sum();
        return store.read(transaction -> {
            int all = transaction.commands().count(since, author, null);
            int refused = transaction.commands().count(since, author, CommandLogEntry.REFUSED);
            return all + undecided >= limits.answers() || refused >= limits.perPerson();
        });
    }

    private void decide(PreparedComment next) {
        decideOrRecord(next.delivery(), () -> {
            List<CommandResult> results = incidents.decide(work -> CommentExecutor.execute(next, work));
            if (!results.isEmpty()) {
                SlackRequest request = next.slack();
                SlackCommands commands = slack;
                pendingReactions.add(
                        request == null || commands == null
                                ? () -> reactions.markAnswered(next.comment(), results)
                                : () -> commands.answer(request, results));
            }
        });
    }

    private void decideOrRecord(String delivery, Runnable decision) {
        try {
            decision.run();
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            DeliveryProcessor.recordFailure(store, delivery, e, clock.instant());
        }
        queued.remove(delivery);
    }

    private static JsonNode payload(JournalEntry delivery) {
        try {
            return JSON.readTree(delivery.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Logins whose comments are never commands: the configured bots and the plugin itself. */
    private Set<String> botLogins(Config current) {
        Set<String> logins = new HashSet<>(current.file().commands().botHandles());
        if (github != null) {
            try {
                String self = github.users().self().toLowerCase(Locale.ROOT);
                logins.add(self);
                logins.add(self.replace("[bot]", ""));
            } catch (GitHubException e) {
                LOG.debugf(
                        "cannot read the plugin's own login; its comments are recognized by their markers: %s",
                        e.explanation());
            }
        }
        return logins;
    }

    private void suppress(String id, String reason, String why) {
        store.inTransaction(transaction -> {
            transaction.deliveries().suppressed(id, reason, List.of(why), clock.instant());
            return true;
        });
        queued.remove(id);
    }

    public record GitHubClient(
            GitHubUsers users, GitHubPullRequests pullRequests, GitHubIssues issues, GitHubLabels labels) {
        public static GitHubClient of(GitHubApi api) {
            return new GitHubClient(
                    new GitHubUsers(api), new GitHubPullRequests(api), new GitHubIssues(api), new GitHubLabels(api));
        }
    }
}
