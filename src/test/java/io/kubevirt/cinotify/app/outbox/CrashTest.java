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
package io.kubevirt.cinotify.app.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Entry;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random news, faults and deaths at every step: in the end everything is visible, once. */
class CrashTest {

    private static final int ROUNDS = 120;
    private static final int INCIDENTS = 6;

    @TempDir
    private Path folder;

    private Random random = new Random();
    private final Map<String, List<Content.IncidentNews>> said = new LinkedHashMap<>();
    private final Map<String, News> news = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 9})
    void everythingIsVisibleOnce(long seed) {
        random = new Random(seed);
        FakeChannel slack = FakeChannel.able("slack");
        FakeChannel github = new FakeChannel(
                "github",
                new Abilities(true, true, true),
                content -> List.of("example/thing#1", "example/thing#" + content.thread()));
        FakeChannel webhook = FakeChannel.plain("webhook");
        SendingRules noCap = new SendingRules(10_000, 10_000, 10, Duration.ofHours(24), null);
        OutboxRig rig = new OutboxRig(folder, noCap, seed, slack, github, webhook);
        Stream.of(slack, github, webhook).forEach(channel -> channel.weather(this::badWeather));

        for (int round = 0; round < ROUNDS; round++) {
            happen(rig);
            step(rig);
            rig.now = rig.now.plusSeconds(random.nextInt(30));
        }
        Stream.of(slack, github, webhook).forEach(channel -> channel.weather(() -> Fault.NONE));
        rig.pass(Duration.ofMinutes(15));

        String where = "seed " + seed + ", ";
        assertThat(rig.unsettled()).as(where + "nothing waits").isZero();
        assertThat(rig.tally().difference()).as(where + "conservation").isZero();
        assertThat(rig.tally().failed()).as(where + "nothing failed").isZero();
        said.forEach((incident, contents) -> {
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

    private void happen(OutboxRig rig) {
        if (random.nextInt(3) > 0) {
            return;
        }
        String incident = String.valueOf(2 + random.nextInt(INCIDENTS));
        News about = news.computeIfAbsent(incident, News::new);
        List<Content.IncidentNews> before = said.computeIfAbsent(incident, none -> new ArrayList<>());
        boolean open = !before.isEmpty() && before.getLast().message().kind() != MessageKind.RESOLVED;
        MessageKind kind = open
                ? List.of(MessageKind.ESCALATED, MessageKind.REMINDED, MessageKind.RESOLVED)
                        .get(random.nextInt(3))
                : MessageKind.OPENED;
        Content.IncidentNews next = about.of(kind, rig.now);
        before.add(next);
        rig.add(next);
    }

    /** A pass that may die before the claim, after it, after the call, or not at all. */
    private void step(OutboxRig rig) {
        rig.restrain();
        for (Channel channel : rig.channels.open()) {
            Optional<Errand> errand = rig.claim(channel);
            if (errand.isPresent()) {
                switch (random.nextInt(4)) {
                    case 0 -> rig.die();
                    case 1 -> {
                        Speech.act(channel, errand.get(), () -> true);
                        rig.die();
                    }
                    default -> rig.carryOut(channel, errand.get());
                }
            }
        }
    }

    private static void check(String where, FakeChannel channel, String place, List<Content.IncidentNews> contents) {
        Content.IncidentNews newest = contents.getLast();
        List<Entry> roots = channel.entries().stream()
                .filter(entry ->
                        entry.place.equals(place) && entry.shows().thread().equals(newest.thread()))
                .toList();
        String what = where + channel.name() + " " + place + ", incident " + newest.thread() + " " + roots;
        boolean over = newest.message().kind() == MessageKind.RESOLVED;
        assertThat(roots.size())
                .as(what + ": one root, or none for what is over")
                .isBetween(over ? 0 : 1, 1);
        roots.forEach(root -> {
            assertThat(root.shows()).as(what + ": shows the newest").isEqualTo(newest);
            assertThat(root.replies).extracting(reply -> reply.marker).as(what).doesNotHaveDuplicates();
        });
        callsSinceItOpened(contents, over).forEach(call -> assertThat(roots)
                .as(what + ": " + call.id() + " calls a person, once")
                .allSatisfy(root -> assertThat(Stream.concat(
                                        Stream.of(root.versions.getFirst().id()),
                                        root.replies.stream()
                                                .map(reply -> reply.shows().id()))
                                .filter(call.id()::equals))
                        .hasSize(1)));
    }

    /** Where nobody can look, everything that counts is there, the end too, and whatever is there again says so. */
    private static void checkBlind(String where, FakeChannel channel, List<Content.IncidentNews> contents) {
        boolean over = contents.getLast().message().kind() == MessageKind.RESOLVED;
        Set<String> ids =
                channel.entries().stream().map(entry -> entry.shows().id()).collect(Collectors.toSet());
        assertThat(ids)
                .as(where + channel.name() + " has all calls of what is open")
                .containsAll(callsSinceItOpened(contents, over).stream()
                        .map(Content::id)
                        .toList());
        if (over) {
            channel.entries().stream()
                    .map(entry -> (Content.IncidentNews) entry.shows())
                    .filter(shown -> shown.thread().equals(contents.getLast().thread()))
                    .reduce((one, next) -> next)
                    .ifPresent(last -> assertThat(last.message().kind())
                            .as(where + channel.name() + " shows last of what is over, " + last.id())
                            .isEqualTo(MessageKind.RESOLVED));
        }
        Set<String> before = new HashSet<>();
        assertThat(channel.entries()).allSatisfy(entry -> {
            Content.IncidentNews shown = (Content.IncidentNews) entry.shows();
            assertThat(before.add(shown.id()) || shown.message().text().startsWith(Versions.REPEATED))
                    .as(where + shown.id() + " is there again and does not say so")
                    .isTrue();
        });
    }

    /** What must have called somebody, whatever went wrong: everything since it opened last, if it is still open. */
    private static List<Content.IncidentNews> callsSinceItOpened(List<Content.IncidentNews> contents, boolean over) {
        int opened = 0;
        for (int index = 0; index < contents.size(); index++) {
            opened = contents.get(index).message().kind() == MessageKind.OPENED ? index : opened;
        }
        return over ? List.of() : contents.subList(opened, contents.size());
    }
}
