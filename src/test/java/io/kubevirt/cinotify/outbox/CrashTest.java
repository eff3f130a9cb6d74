// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Entry;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.Rounds;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random messages, faults and crashes at every step: in the end every message is visible once. */
class CrashTest {

    private static final int ROUNDS = 120;
    private static final int INCIDENTS = 6;

    @TempDir
    private Path folder;

    private Random random = new Random();
    private final Map<String, List<OutgoingMessage.IncidentMessage>> sent = new LinkedHashMap<>();
    private final Map<String, NotificationBuilder> examples = new LinkedHashMap<>();

    /** Nine found a fault once. */
    static LongStream seeds() {
        return LongStream.concat(LongStream.of(9), LongStream.rangeClosed(1, Rounds.of(2)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMessageIsVisibleOnce(long seed) {
        random = new Random(seed);
        FakeChannel slack = FakeChannel.withThreads("slack");
        FakeChannel github = new FakeChannel(
                "github",
                new ChannelCapabilities(true, true, true),
                content -> List.of("example/thing#1", "example/thing#" + content.thread()));
        FakeChannel webhook = FakeChannel.postOnly("webhook");
        SendingConfig noCap = new SendingConfig(10_000, 10_000, 10, Duration.ofHours(24), null);
        OutboxHarness rig = new OutboxHarness(folder, noCap, seed, slack, github, webhook);
        Stream.of(slack, github, webhook).forEach(channel -> channel.failAll(this::badWeather));

        for (int round = 0; round < ROUNDS; round++) {
            happen(rig);
            step(rig);
            rig.now = rig.now.plusSeconds(random.nextInt(30));
        }
        Stream.of(slack, github, webhook).forEach(channel -> channel.failAll(() -> Fault.NONE));
        rig.pass(Duration.ofMinutes(15));

        String where = "seed " + seed + ", ";
        assertThat(rig.unsettled()).as(where + "nothing waits").isZero();
        assertThat(rig.deliveryCounts().unaccounted())
                .as(where + "conservation")
                .isZero();
        assertThat(rig.deliveryCounts().failed()).as(where + "nothing failed").isZero();
        sent.forEach((incident, contents) -> {
            check(where, slack, "room", contents);
            check(where, github, "example/thing#1", contents);
            check(where, github, "example/thing#" + incident, contents);
            checkBlind(where, webhook, contents);
        });
    }

    private Fault badWeather() {
        return switch (random.nextInt(6)) {
            case 0 -> Fault.LATER;
            case 1 -> Fault.LOST_BEFORE;
            case 2 -> Fault.LOST_AFTER;
            default -> Fault.NONE;
        };
    }

    private void happen(OutboxHarness rig) {
        if (random.nextInt(3) > 0) {
            return;
        }
        String incident = String.valueOf(2 + random.nextInt(INCIDENTS));
        NotificationBuilder about = examples.computeIfAbsent(incident, NotificationBuilder::new);
        List<OutgoingMessage.IncidentMessage> before = sent.computeIfAbsent(incident, none -> new ArrayList<>());
        boolean open = !before.isEmpty() && before.getLast().notification().kind() != NotificationKind.RESOLVED;
        NotificationKind kind = open
                ? List.of(NotificationKind.ESCALATED, NotificationKind.REMINDED, NotificationKind.RESOLVED)
                        .get(random.nextInt(3))
                : NotificationKind.OPENED;
        OutgoingMessage.IncidentMessage next = about.of(kind, rig.now);
        before.add(next);
        rig.add(next);
    }

    /** A pass that may die before the claim, after it, after the call, or not at all. */
    private void step(OutboxHarness rig) {
        rig.applyRateLimit();
        for (Channel channel : rig.channels.channels()) {
            Optional<ClaimedMessage> claimed = rig.claim(channel);
            if (claimed.isPresent()) {
                switch (random.nextInt(4)) {
                    case 0 -> rig.crash();
                    case 1 -> {
                        rig.call(channel, claimed.get());
                        rig.crash();
                    }
                    default -> rig.send(channel, claimed.get());
                }
            }
        }
    }

    private static void check(
            String where, FakeChannel channel, String place, List<OutgoingMessage.IncidentMessage> contents) {
        OutgoingMessage.IncidentMessage newest = contents.getLast();
        List<Entry> roots = channel.entries().stream()
                .filter(entry -> entry.destination.equals(place)
                        && entry.shows().thread().equals(newest.thread()))
                .toList();
        String what = where + channel.name() + " " + place + ", incident " + newest.thread() + " " + roots;
        boolean over = newest.notification().kind() == NotificationKind.RESOLVED;
        assertThat(roots.size())
                .as(what + ": one root, or none for what is over")
                .isBetween(over ? 0 : 1, 1);
        roots.forEach(root -> {
            assertThat(root.shows()).as(what + ": shows the newest").isEqualTo(newest);
            assertThat(root.replies).extracting(reply -> reply.marker).as(what).doesNotHaveDuplicates();
        });
        interruptionsSinceItOpened(contents, over).forEach(call -> assertThat(roots)
                .as(what + ": " + call.id() + " calls a person, once")
                .allSatisfy(root -> assertThat(Stream.concat(
                                        Stream.of(root.versions.getFirst().id()),
                                        root.replies.stream()
                                                .map(reply -> reply.shows().id()))
                                .filter(call.id()::equals))
                        .hasSize(1)));
    }

    /** Without lookup every message is visible, and duplicates are marked. */
    private static void checkBlind(String where, FakeChannel channel, List<OutgoingMessage.IncidentMessage> contents) {
        boolean over = contents.getLast().notification().kind() == NotificationKind.RESOLVED;
        Set<String> ids =
                channel.entries().stream().map(entry -> entry.shows().id()).collect(Collectors.toSet());
        assertThat(ids)
                .as(where + channel.name() + " has all calls of what is open")
                .containsAll(interruptionsSinceItOpened(contents, over).stream()
                        .map(OutgoingMessage::id)
                        .toList());
        if (over) {
            channel.entries().stream()
                    .map(entry -> (OutgoingMessage.IncidentMessage) entry.shows())
                    .filter(shown -> shown.thread().equals(contents.getLast().thread()))
                    .reduce((one, next) -> next)
                    .ifPresent(last -> assertThat(last.notification().kind())
                            .as(where + channel.name() + " shows last of what is over, " + last.id())
                            .isEqualTo(NotificationKind.RESOLVED));
        }
        Set<String> before = new HashSet<>();
        assertThat(channel.entries()).allSatisfy(entry -> {
            OutgoingMessage.IncidentMessage shown = (OutgoingMessage.IncidentMessage) entry.shows();
            assertThat(before.add(shown.id())
                            || shown.notification().text().startsWith(Notification.POSSIBLE_DUPLICATE))
                    .as(where + shown.id() + " is there again and does not say so")
                    .isTrue();
        });
    }

    /** What must have called somebody, whatever went wrong: everything since it opened last, if it is still open. */
    private static List<OutgoingMessage.IncidentMessage> interruptionsSinceItOpened(
            List<OutgoingMessage.IncidentMessage> contents, boolean over) {
        int opened = 0;
        for (int index = 0; index < contents.size(); index++) {
            opened = contents.get(index).notification().kind() == NotificationKind.OPENED ? index : opened;
        }
        return over ? List.of() : contents.subList(opened, contents.size());
    }
}
