// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandConfig;
import io.kubevirt.cinotify.command.CommandEnvironment;
import io.kubevirt.cinotify.command.CommandParser;
import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.CommentParseResult;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.bump.PullRequestHandler;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way of a comment: heard, and looked into with GitHub's help, by one thread that may wait for GitHub; decided by the
 * thread that decides everything; shown on the comment by the first one again. A crash in between begins it anew, and
 * nothing is done twice by that: the decision and that it was made are written together.
 */
public final class CommentProcessor {

    private static final Logger LOG = Logger.getLogger(CommentProcessor.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH_SIZE = 50;
    private static final int MAX_ATTEMPTS = 3;

    private final Store store;
    private final Supplier<Config> config;
    private final InstantSource clock;
    private final @Nullable GitHubClient github;
    private final CommentContext.DecisionGate gate;
    private final PullRequestLookup lookup;
    private final CommentReactions reactions;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();
    private final Queue<PreparedComment> prepared = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> pendingReactions = new ConcurrentLinkedQueue<>();

    /**
     * @param turn lets it be decided
     * @param github null where there is no access: then only what GitHub's events carry is known, and nothing is shown
     */
    public CommentProcessor(
            Store store,
            Supplier<Config> settings,
            CommentContext.DecisionGate turn,
            @Nullable GitHubClient github,
            InstantSource clock) {
        this.store = store;
        this.config = settings;
        this.clock = clock;
        this.github = github;
        this.gate = turn;
        this.lookup = new PullRequestLookup(github, clock);
        this.reactions = new CommentReactions(github);
    }

    /**
     * Shows what was decided, and prepares what waits. Blocks while GitHub is asked; only one thread at a time may use it.
     *
     * @return whether there is something to decide
     * @throws StoreUnavailable if the store fails
     */
    public boolean prepareAll() {
        for (Runnable effect = pendingReactions.poll(); effect != null; effect = pendingReactions.poll()) {
            effect.run();
        }
        List<String> waiting = store.inTransaction(
                transaction -> transaction.deliveries().inProgress(CommentReader.EVENTS, BATCH_SIZE));
        waiting.stream().filter(inProgress::add).forEach(this::prepare);
        return !prepared.isEmpty();
    }

    /**
     * Decides what is prepared, each in a transaction of its own; blocks for nothing else.
     *
     * @return whether something was decided, which is to be shown
     * @throws StoreUnavailable if the store fails: it is decided the next time
     */
    public boolean decideAll() {
        boolean any = false;
        for (PreparedComment next = prepared.peek(); next != null; next = prepared.peek()) {
            decide(next);
            prepared.remove(next);
            any = true;
        }
        return any;
    }

    private void prepare(String id) {
        try {
            JournalEntry delivery =
                    store.inTransaction(transaction -> transaction.deliveries().get(id));
            Config current = config.get();
            CommentReader reader = new CommentReader(botLogins(current));
            JsonNode payload = payload(delivery);
            if (delivery.event().equals(PullRequestHandler.EVENT)) {
                PullRequestHandler.handle(payload, store, current);
            }
            switch (reader.read(delivery.event(), payload)) {
                case CommentParseResult.Ignored(CommentParseResult.IgnoredReason reason, String why) ->
                    suppress(id, reason.value(), why);
                case CommentParseResult.CommandComment(io.kubevirt.cinotify.command.Comment comment) -> {
                    reactions.markSeen(comment);
                    CommandEnvironment knowledge = CommandEnvironmentFactory.of(current);
                    List<Command> requests = CommandParser.parse(comment.body());
                    PullRequestSnapshot look = lookup.fetch(comment, requests, current, knowledge.permissions());
                    prepared.add(new PreparedComment(id, comment, requests, look, knowledge));
                }
            }
        } catch (StoreUnavailable e) {
            inProgress.remove(id);
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // First, for the store may fail as well, and whatever is in hand is not taken up again.
            inProgress.remove(id);
            recordFailure(id, e);
        }
    }

    private void decide(PreparedComment next) {
        try {
            List<CommandResult> answers = gate.decide(around -> CommentExecutor.execute(next, around));
            pendingReactions.add(() -> reactions.markAnswered(next.comment(), answers));
            inProgress.remove(next.delivery());
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            recordFailure(next.delivery(), e);
        }
    }

    private static JsonNode payload(JournalEntry delivery) {
        try {
            return JSON.readTree(delivery.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Whoever is not a person: those whom the settings name, and this plugin itself. */
    private Set<String> botLogins(Config current) {
        Set<String> programs =
                new HashSet<>(CommandConfig.orDefault(current.file().commands()).botHandles());
        if (github != null) {
            try {
                String self = github.users().self().toLowerCase(Locale.ROOT);
                programs.add(self);
                programs.add(self.replace("[bot]", ""));
            } catch (GitHubException e) {
                LOG.debugf(
                        "our own login is not known now, our comments are known by their marks: %s", e.explanation());
            }
        }
        return programs;
    }

    private void suppress(String id, String reason, String why) {
        store.inTransaction(transaction -> {
            transaction.deliveries().suppressed(id, reason, List.of(why), clock.instant());
            return true;
        });
        inProgress.remove(id);
    }

    /** A comment that breaks the program must not stop those behind it, nor be tried for ever. */
    private void recordFailure(String id, Throwable failure) {
        LOG.errorf(failure, "the comment of delivery %s could not be answered", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MAX_ATTEMPTS) {
                transaction
                        .deliveries()
                        .failed(id, "defect", List.of("the program failed: " + failure), clock.instant());
            }
            return true;
        });
        inProgress.remove(id);
    }
}
