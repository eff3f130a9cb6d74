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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says things, at once or when the person begins to work, and takes back what is over before that. */
final class Telling {

    /**
     * What is to be said.
     *
     * @param reasons why, without those that concern the person
     * @param others the keys of further cases that it tells of
     */
    record Word(MessageKind kind, String text, List<String> reasons, List<String> others) {
        static Word of(MessageKind kind, String text, String reason) {
            return new Word(kind, text, List.of(reason), List.of());
        }
    }

    private final Desk desk;
    private final Addressing addressing;

    Telling(Desk desk, Addressing addressing) {
        this.desk = desk;
        this.addressing = addressing;
    }

    /** Calls a person: whoever is responsible, and stays so. */
    void call(Case about, Word word, Instant now) {
        call(
                about,
                word,
                addressing.of(
                        about.diagnosis(), about.blocking(), now, about.care().handle()),
                now);
    }

    /** Calls a certain person. */
    void call(Case about, Word word, Addressee to, Instant now) {
        Care care = about.care();
        care.address(to);
        Message message = message(about, word, to, now);
        desk.ledger()
                .say(
                        message,
                        Stream.concat(word.reasons().stream(), to.reasons().stream())
                                .toList());
        desk.ledger().touch(about);
        Stream.of(to.handle(), to.sigPerson()).filter(Objects::nonNull).forEach(person -> desk.memory()
                .told(person, to.at()));
        desk.agenda().cancel(Kind.SNOOZE_END, about.key());
        desk.agenda().cancel(Kind.UNANSWERED, about.key());
        Care.Pending pending = new Care.Pending(message.id(), to.at(), word.others());
        if (to.isDeferredAt(now)) {
            care.wait(pending, to.channelAtOnce(), now);
            desk.agenda().set(Kind.DUE, about.key(), to.at());
        } else {
            delivered(about, pending);
        }
    }

    /** Changes what was said before; nobody is called. */
    void edit(Case about, Word word, Instant now) {
        desk.ledger().touch(about);
        if (about.care().wasHeard()) {
            desk.ledger().say(message(about, word, null, now), word.reasons());
        }
    }

    private static Message message(Case about, Word word, @Nullable Addressee to, Instant now) {
        String id =
                about.id() + "-" + about.care().nextWord() + "-" + word.kind().word();
        return new Message(id, word.kind(), now, to == null ? now : to.at(), about.view(), to, word.text());
    }

    /** A message that waited is said now. */
    void due(Case about) {
        Care.Pending pending = about.care().pending();
        if (pending != null) {
            delivered(about, pending);
        }
    }

    private void delivered(Case about, Care.Pending message) {
        about.care().delivered(message.at());
        message.others().stream()
                .flatMap(key -> desk.memory().caseOf(key).stream())
                .forEach(other -> other.care().mentioned(message.at()));
        expectAnswer(about);
    }

    /** Sets the end of the time in which the told member should answer. */
    void expectAnswer(Case about) {
        Care care = about.care();
        if (about.isOpen() && care.awaitsAnswer()) {
            addressing
                    .afterWorking(
                            Objects.requireNonNull(care.handle()),
                            care.toldAt(),
                            desk.thresholds().escalation().of(Objects.requireNonNull(care.level())))
                    .ifPresent(limit -> desk.agenda().set(Kind.UNANSWERED, about.key(), limit));
        }
    }

    /** It is over: nobody waits for an answer any more, and who was told hears of it. */
    void close(Case about, String why, Instant now) {
        quiet(about);
        about.care().endSnooze();
        takeBack(about, Reason.HEALED, why + ", before anybody was told");
        edit(about, Word.of(MessageKind.RESOLVED, Wording.resolved(about, why), why), now);
    }

    /** Nobody is asked any more. */
    void quiet(Case about) {
        desk.agenda().cancel(Kind.UNANSWERED, about.key());
        desk.agenda().cancel(Kind.SNOOZE_END, about.key());
    }

    /** Withdraws what waits, unless it tells of others that are still open: then one of them takes it over. */
    void takeBack(Case about, Reason why, String reason) {
        Care.Pending pending = about.care().pending();
        if (pending == null) {
            return;
        }
        about.care().dropPending();
        desk.agenda().cancel(Kind.DUE, about.key());
        List<Case> open = pending.others().stream()
                .flatMap(key -> desk.memory().caseOf(key).stream())
                .filter(Case::isOpen)
                .toList();
        if (open.isEmpty()) {
            desk.ledger().withdraw(pending.message(), why, List.of(reason));
        } else {
            Case heir = open.getFirst();
            List<String> rest = new ArrayList<>(pending.others());
            rest.remove(heir.key());
            heir.care().inherit(about.care(), new Care.Pending(pending.message(), pending.at(), rest));
            desk.agenda().set(Kind.DUE, heir.key(), pending.at());
        }
    }
}
