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

import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import io.kubevirt.cinotify.store.AdmissionTable;
import io.kubevirt.cinotify.store.AdmissionTable.Request;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps a runaway from calling people without end: only so many messages call people within an hour. The first that finds
 * no room brings a notice of that at the home of each channel; it and all further ones come there in one digest when the
 * hour is over. Channels without a home hear each message as it comes: there a digest could not make up for it.
 */
final class Restraint {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String GATHERING = "gathering";
    private static final int AT_ONCE = 100;

    private final Transaction transaction;
    private final AdmissionTable admissions;
    private final Channels channels;
    private final SendingRules rules;
    private final Instant now;

    Restraint(Transaction transaction, Channels channels, SendingRules rules, Instant now) {
        this.transaction = transaction;
        this.admissions = transaction.admissions();
        this.channels = channels;
        this.rules = rules;
        this.now = now;
    }

    /** Says what is over the hour, and decides about whatever is due and wants to call people. */
    void decide() {
        gathering().filter(mark -> !mark.at().plus(HOUR).isAfter(now)).ifPresent(mark -> conclude(mark.value()));
        admissions.requests(now, AT_ONCE).forEach(this::decide);
    }

    private void decide(Request request) {
        List<String> calling = homes().stream().map(Channel::name).toList();
        if (!admissions.isFor(request.id(), calling)) {
            admissions.letThrough(request.id());
        } else if (hasRoom(request)) {
            admissions.admit(request.id(), now);
        } else {
            admissions.gather(request.id(), calling, digestOf(begun(), homes().getFirst()), now);
        }
    }

    private boolean hasRoom(Request request) {
        Instant hourAgo = now.minus(HOUR);
        return admissions.admittedSince(hourAgo) < rules.messagesPerHour()
                && Stream.of(Optional.ofNullable(request.person()), Optional.ofNullable(request.sigPerson()))
                        .flatMap(Optional::stream)
                        .noneMatch(person ->
                                admissions.admittedSince(hourAgo, person) >= rules.messagesPerPersonAndHour());
    }

    private Optional<Watermark> gathering() {
        return transaction.watermarks().find(GATHERING);
    }

    /** The name of the digest that is being gathered; if there is none, one is begun, and people are told. */
    private String begun() {
        return gathering().map(Watermark::value).orElseGet(() -> {
            String name = "digest-" + now.toEpochMilli();
            transaction.watermarks().set(GATHERING, new Watermark(name, now));
            say(name + "-notice", home -> RestraintText.notice(rules, now.plus(HOUR)));
            return name;
        });
    }

    private void conclude(String name) {
        transaction.watermarks().remove(GATHERING);
        List<RestraintText.Line> lines = homes().stream()
                .flatMap(home -> admissions.gathered(digestOf(name, home)).stream())
                .map(this::line)
                .toList();
        if (!lines.isEmpty()) {
            say(name, home -> RestraintText.digest(lines));
        }
    }

    private RestraintText.Line line(String id) {
        return new RestraintText.Line(transaction.contents().get(id), admissions.isOver(id));
    }

    private void say(String name, Function<Channel, RestraintText> text) {
        for (Channel home : homes()) {
            RestraintText words = text.apply(home);
            String id = digestOf(name, home);
            new Outbox(channels, transaction, now)
                    .add(new Content.Letter(
                            id, id, home.name(), home.home().orElseThrow(), words.title(), words.markdown()));
        }
    }

    private List<Channel> homes() {
        return channels.open().stream()
                .filter(channel -> channel.home().isPresent())
                .toList();
    }

    private static String digestOf(String name, Channel home) {
        return name + "-" + Objects.requireNonNull(home.name());
    }
}
