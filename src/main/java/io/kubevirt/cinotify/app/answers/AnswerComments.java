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
package io.kubevirt.cinotify.app.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.app.bump.HandlePullRequest;
import io.kubevirt.cinotify.command.Answer;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.command.Grammar;
import io.kubevirt.cinotify.command.Hearing;
import io.kubevirt.cinotify.command.Knowledge;
import io.kubevirt.cinotify.command.Request;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.settings.CommandSettings;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
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
public final class AnswerComments {

    private static final Logger LOG = Logger.getLogger(AnswerComments.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 50;
    private static final int MOST_ATTEMPTS = 3;

    private final Store store;
    private final Supplier<Settings> settings;
    private final InstantSource clock;
    private final @Nullable GitHubSide github;
    private final Surroundings.Turn turn;
    private final LookAround lookAround;
    private final Effects effects;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final Queue<Prepared> prepared = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> decided = new ConcurrentLinkedQueue<>();

    /**
     * @param turn lets it be decided
     * @param github null where there is no access: then only what GitHub's events carry is known, and nothing is shown
     */
    public AnswerComments(
            Store store,
            Supplier<Settings> settings,
            Surroundings.Turn turn,
            @Nullable GitHubSide github,
            InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.github = github;
        this.turn = turn;
        this.lookAround = new LookAround(github, clock);
        this.effects = new Effects(github);
    }

    /**
     * Shows what was decided, and prepares what waits. Blocks while GitHub is asked; only one thread at a time may use it.
     *
     * @return whether there is something to decide
     * @throws StoreUnavailable if the store fails
     */
    public boolean prepareAll() {
        for (Runnable effect = decided.poll(); effect != null; effect = decided.poll()) {
            effect.run();
        }
        List<String> waiting =
                store.inTransaction(transaction -> transaction.deliveries().inProgress(CommentReader.EVENTS, AT_ONCE));
        waiting.stream().filter(inHand::add).forEach(this::prepare);
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
        for (Prepared next = prepared.peek(); next != null; next = prepared.peek()) {
            decide(next);
            prepared.remove(next);
            any = true;
        }
        return any;
    }

    private void prepare(String id) {
        try {
            StoredDelivery delivery =
                    store.inTransaction(transaction -> transaction.deliveries().get(id));
            Settings current = settings.get();
            CommentReader reader = new CommentReader(programs(current));
            JsonNode payload = payload(delivery);
            if (delivery.event().equals(HandlePullRequest.EVENT)) {
                HandlePullRequest.take(payload, store, current);
            }
            switch (reader.read(delivery.event(), payload)) {
                case Hearing.Passed(Hearing.Reason reason, String why) -> suppress(id, reason.word(), why);
                case Hearing.Heard(io.kubevirt.cinotify.command.Comment comment) -> {
                    effects.seen(comment);
                    Knowledge knowledge = CommandKnowledge.of(current);
                    List<Request> requests = Grammar.read(comment.body());
                    Look look = lookAround.at(comment, requests, current, knowledge.access());
                    prepared.add(new Prepared(id, comment, requests, look, knowledge));
                }
            }
        } catch (StoreUnavailable e) {
            inHand.remove(id);
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // First, for the store may fail as well, and whatever is in hand is not taken up again.
            inHand.remove(id);
            setAside(id, e);
        }
    }

    private void decide(Prepared next) {
        try {
            List<Answer> answers = turn.decide(around -> DecideComment.decide(next, around));
            decided.add(() -> effects.answered(next.comment(), answers));
            inHand.remove(next.delivery());
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            setAside(next.delivery(), e);
        }
    }

    private static JsonNode payload(StoredDelivery delivery) {
        try {
            return JSON.readTree(delivery.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Whoever is not a person: those whom the settings name, and this plugin itself. */
    private Set<String> programs(Settings current) {
        Set<String> programs = new HashSet<>(
                CommandSettings.orDefault(current.file().commands()).botHandles());
        if (github != null) {
            try {
                String self = github.people().self().toLowerCase(Locale.ROOT);
                programs.add(self);
                programs.add(self.replace("[bot]", ""));
            } catch (GitHubFailure e) {
                LOG.debugf("our own login is not known now, our comments are known by their marks: %s", e.sentence());
            }
        }
        return programs;
    }

    private void suppress(String id, String reason, String why) {
        store.inTransaction(transaction -> {
            transaction.deliveries().suppressed(id, reason, List.of(why), clock.instant());
            return true;
        });
        inHand.remove(id);
    }

    /** A comment that breaks the program must not stop those behind it, nor be tried for ever. */
    private void setAside(String id, Throwable failure) {
        LOG.errorf(failure, "the comment of delivery %s could not be answered", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MOST_ATTEMPTS) {
                transaction
                        .deliveries()
                        .failed(id, "defect", List.of("the program failed: " + failure), clock.instant());
            }
            return true;
        });
        inHand.remove(id);
    }
}
