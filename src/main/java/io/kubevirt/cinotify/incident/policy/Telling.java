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
     * @param others the identities of further incidents that it tells of
     */
    record Word(MessageKind kind, String text, List<String> reasons, List<String> others) {
        static Word of(MessageKind kind, String text, String reason) {
            return new Word(kind, text, List.of(reason), List.of());
        }
    }

    private final Bureau bureau;
    private final Addressing addressing;

    Telling(Bureau bureau, Addressing addressing) {
        this.bureau = bureau;
        this.addressing = addressing;
    }

    /** Calls a person: whoever is responsible, and stays so. */
    void call(Case about, Word word, Instant now) {
        Care care = bureau.care(about);
        Addressee to = addressing.of(care.diagnosis(about), about.blocking(), now, care.handle());
        call(about, word, to.notBefore(bureau.book().attention().settledAt()), now);
    }

    /** Calls a certain person. */
    void call(Case about, Word word, Addressee to, Instant now) {
        Care care = bureau.care(about);
        care.address(to);
        care.speaksOf(about);
        Message message = say(about, word, to, now);
        Pending pending = new Pending(message.id(), to.at(), word.others());
        if (to.isDeferredAt(now)) {
            care.wait(pending, to.channelAtOnce(), now);
            bureau.agenda().set(Kind.DUE, about.id(), to.at());
        } else {
            delivered(about, pending);
        }
    }

    /** Tells the next person how it stands; whoever has answered stays the one who has. */
    void handOver(Case about, Word word, Addressee to, Instant now) {
        bureau.care(about).handOver(to, now);
        say(about, word, to, now);
        isTold(about, now, "it was handed over to " + to.handle());
    }

    private Message say(Case about, Word word, Addressee to, Instant now) {
        Message message = message(about, word, to, now);
        List<String> reasons =
                Stream.concat(word.reasons().stream(), to.reasons().stream()).toList();
        bureau.speech().say(message, reasons);
        bureau.speech().touch(about.id());
        Stream.of(to.handle(), to.sigPerson())
                .filter(Objects::nonNull)
                .forEach(person -> bureau.book().attention().told(person, to.at()));
        quiet(about);
        return message;
    }

    /** Changes what was said before; nobody is called. */
    void edit(Case about, Word word, Instant now) {
        bureau.speech().touch(about.id());
        if (bureau.care(about).wasHeard()) {
            bureau.care(about).speaksOf(about);
            bureau.speech().say(message(about, word, null, now), word.reasons());
        }
    }

    /** Whoever was told before the artifacts were read sees what they say. */
    void showEvidence(Case about, Instant now) {
        Care care = bureau.care(about);
        if (care.isOpen() && care.wasHeard() && care.lacksEvidence(about)) {
            edit(
                    about,
                    Word.of(MessageKind.CHANGED, Wording.opened(about), "the artifacts of a run have been read"),
                    now);
        }
    }

    private Message message(Case about, Word word, @Nullable Addressee to, Instant now) {
        Care care = bureau.care(about);
        String id = about.id() + "-" + care.nextWord() + "-" + word.kind().word();
        return new Message(id, word.kind(), now, to == null ? now : to.at(), about.view(care), to, word.text());
    }

    /** A message that waited is said now. */
    void due(Case about) {
        Pending pending = bureau.care(about).pending();
        if (pending != null) {
            delivered(about, pending);
            bureau.speech().touch(about.id());
            showEvidence(about, pending.at());
        }
    }

    private void delivered(Case about, Pending message) {
        bureau.care(about).delivered(message.at());
        message.others().stream()
                .flatMap(id -> bureau.cases().apply(id).stream())
                .forEach(other -> {
                    bureau.care(other).mentioned(message.at());
                    bureau.speech().touch(other.id());
                });
        String handle = bureau.care(about).handle();
        isTold(about, message.at(), (handle == null ? "the channel" : handle) + " was told");
    }

    private void isTold(Case about, Instant at, String what) {
        Care care = bureau.care(about);
        care.keeping().take(care.handle(), about.runs());
        care.keeping().note(at, what, about.runs());
        expectAnswer(about);
        expectEndOfWork(about, at);
    }

    /** Sets the end of the time in which the told member should answer. */
    void expectAnswer(Case about) {
        Care care = bureau.care(about);
        if (care.awaitsAnswer() && (about.need() == null || !about.need().mayWait())) {
            addressing
                    .afterWorking(
                            Objects.requireNonNull(care.handle()),
                            care.toldAt(),
                            bureau.thresholds().escalation().of(Objects.requireNonNull(care.level())))
                    .ifPresent(limit -> bureau.agenda().set(Kind.UNANSWERED, about.id(), limit));
        }
    }

    /** Looks again when the working hours of whoever has it are over that last at an instant, or begin next after it. */
    void expectEndOfWork(Case about, Instant from) {
        String keeper = bureau.care(about).keeping().keeper();
        if (keeper != null) {
            addressing.endOfWork(keeper, from).ifPresent(end -> lookAgain(about, end));
        }
    }

    /** Sets when it is asked again who has it. */
    void lookAgain(Case about, Instant at) {
        Care care = bureau.care(about);
        care.keeping().look(at);
        bureau.speech().touch(about.id());
        if (care.isOpen()) {
            bureau.agenda().set(Kind.HANDOFF, about.id(), at);
        }
    }

    /** Nobody is asked any more. */
    void quiet(Case about) {
        bureau.agenda().cancel(Kind.UNANSWERED, about.id());
        bureau.agenda().cancel(Kind.SNOOZE_END, about.id());
        bureau.agenda().cancel(Kind.HANDOFF, about.id());
    }

    /** Withdraws what waits, unless it tells of others that are still open: then one of them takes it over. */
    void takeBack(Care care, Reason why, String reason) {
        Pending pending = care.pending();
        if (pending == null) {
            return;
        }
        care.dropPending();
        bureau.speech().touch(care.about().id());
        bureau.agenda().cancel(Kind.DUE, care.about().id());
        List<Care> open = pending.others().stream()
                .flatMap(id -> bureau.book().find(id).stream())
                .filter(Care::isOpen)
                .toList();
        if (open.isEmpty()) {
            bureau.speech().withdraw(pending.message(), why, List.of(reason));
        } else {
            Care heir = open.getFirst();
            List<String> rest = new ArrayList<>(pending.others());
            rest.remove(heir.about().id());
            heir.inherit(care, new Pending(pending.message(), pending.at(), rest));
            bureau.speech().touch(heir.about().id());
            bureau.agenda().set(Kind.DUE, heir.about().id(), pending.at());
        }
    }
}
