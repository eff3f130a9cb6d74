// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.FlakyTestPage;
import io.kubevirt.cinotify.digest.TestStats;
import io.kubevirt.cinotify.digest.TestStats.KnownTest;
import io.kubevirt.cinotify.digest.TestStats.LaneFailures;
import io.kubevirt.cinotify.engine.TestRanking;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.notify.TestIssue;
import io.kubevirt.cinotify.notify.TestIssue.State;
import io.kubevirt.cinotify.notify.TestIssueConfig;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestFilter.Order;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which issues about flaky tests are opened, edited and closed now.
 *
 * @param readers of the repository of the issues: what they may not see does not count
 */
record TestIssuePlan(Transaction transaction, Audience readers, TestIssueConfig settings, Links links, Instant now) {

    /** At most one message for each test and day. */
    List<TextMessage> due() {
        Map<String, TestIssue> known = known();
        Map<String, TestStats> flaky = flaky(known);
        List<TextMessage> due = new ArrayList<>();
        long open =
                flaky.keySet().stream().filter(test -> isOpen(known.get(test))).count();
        for (TestStats test : flaky.values()) {
            TestIssue shown = known.get(test.test().name());
            if (shown != null && isOpen(shown)) {
                TestIssue current = issue(test, State.OPEN);
                if (shown.isOutdatedBy(current, lanes(test))) {
                    due.add(message(current, page(test)));
                }
            } else if (test.flaky() >= settings.flakes() && open < settings.mostOpen()) {
                open++;
                State state = wasOpened(test.test().name()) ? State.REOPENED : State.OPEN;
                due.add(message(issue(test, state), page(test)));
            }
        }
        known.values().stream()
                .filter(shown -> isOpen(shown) && !flaky.containsKey(shown.test()) && wasOpened(shown.test()))
                .map(this::closing)
                .forEach(due::add);
        return due.stream()
                .filter(message -> !transaction.messages().contains(message.id()))
                .toList();
    }

    private Map<String, TestIssue> known() {
        return transaction.messages().testIssues().stream()
                .filter(text -> text.destination().equals(settings.repository()))
                .map(text -> Objects.requireNonNull(text.issue()))
                .collect(Collectors.toMap(TestIssue::test, issue -> issue));
    }

    /** Those that flake most, and those with an open issue; quiet ones are missing. */
    private Map<String, TestStats> flaky(Map<String, TestIssue> known) {
        DigestPeriod period = DigestPeriod.before(now.plusMillis(1), Duration.ofDays(FlakyTestPage.DAYS));
        TestRanking ranking = new TestRanking(transaction, readers);
        Map<String, TestStats> flaky = new LinkedHashMap<>();
        ranking.find(TestFilter.of(Order.FLAKY, null), period, Map.of(), settings.mostOpen())
                .forEach(test -> flaky.put(test.test().name(), test));
        known.values().stream()
                .filter(shown -> isOpen(shown) && !flaky.containsKey(shown.test()))
                .flatMap(shown -> transaction.tests().id(shown.test()).stream())
                .flatMap(id ->
                        ranking.find(new TestFilter(Order.FLAKY, null, null, null, id), period, Map.of(), 1).stream())
                .toList()
                .forEach(test -> flaky.put(test.test().name(), test));
        return flaky;
    }

    private static boolean isOpen(@Nullable TestIssue shown) {
        return shown != null && shown.state() != State.CLOSED;
    }

    /** Whether an issue of the test is there, also if it is so old that its texts are no longer stored. */
    private boolean wasOpened(String test) {
        MessageThread.Key key =
                new MessageThread.Key(GitHubChannel.NAME, settings.repository(), TestIssue.thread(test));
        return transaction.outbox().root(key).reference() != null;
    }

    private static Set<String> lanes(TestStats test) {
        return test.lanes().stream().map(LaneFailures::lane).collect(Collectors.toSet());
    }

    private TestIssue issue(TestStats test, State state) {
        return new TestIssue(
                state,
                test.test().name(),
                test.test().owner(),
                test.test().quarantined(),
                test.flaky(),
                test.lastSeen(),
                FlakyTestPage.lanes(test),
                settings.labelsFor(test.test().owner()));
    }

    private TextMessage closing(TestIssue shown) {
        TestIssue closed = new TestIssue(
                State.CLOSED, shown.test(), shown.sig(), shown.quarantined(), 0, null, List.of(), Set.of());
        Optional<Long> id = transaction.tests().id(shown.test());
        return message(
                closed,
                FlakyTestPage.quiet(
                        new KnownTest(id.orElse(0L), shown.test(), shown.sig(), shown.quarantined()),
                        id.flatMap(links::test).orElse(null)));
    }

    private Digest page(TestStats test) {
        return FlakyTestPage.of(test, links.test(test.test().id()).orElse(null));
    }

    private TextMessage message(TestIssue issue, Digest page) {
        String thread = TestIssue.thread(issue.test());
        return new TextMessage(
                thread + "-" + LocalDate.ofInstant(now, ZoneOffset.UTC),
                thread,
                GitHubChannel.NAME,
                settings.repository(),
                page.title(),
                page.body(),
                true,
                null,
                issue);
    }
}
