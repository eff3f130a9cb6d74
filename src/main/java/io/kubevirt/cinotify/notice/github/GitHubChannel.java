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
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.github.GitHubFailure.Kind;
import io.kubevirt.cinotify.notice.github.GitHubIssues.NewIssue;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Issues and comments. An incident's root is an issue in a repository ({@code org/repo}) or a comment in a conversation
 * ({@code org/repo#7}); what calls a person later is a comment of its own, since GitHub tells nobody of an edit.
 */
public final class GitHubChannel implements Channel {

    /** The name in settings and in {@link Content.Letter#channel}. */
    public static final String NAME = "github";

    private final GitHubIssues issues;
    private final GitHubAbsence absence;
    private final GitHubPeople people;
    private final GitHubLabels labels;
    private final GitHubVoice voice;
    private final Supplier<GitHubRules> rules;

    /**
     * @param voice its words
     * @param rules the settings in force
     */
    public GitHubChannel(GitHubApi api, GitHubVoice voice, Supplier<GitHubRules> rules) {
        this.issues = new GitHubIssues(api);
        this.absence = new GitHubAbsence(issues);
        this.people = new GitHubPeople(api);
        this.labels = new GitHubLabels(api);
        this.voice = voice;
        this.rules = rules;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Abilities abilities() {
        return new Abilities(true, true, true);
    }

    @Override
    public List<String> places(Content content) {
        return switch (content) {
            case Content.Letter letter -> letter.channel().equals(NAME) ? List.of(letter.place()) : List.of();
            case Content.IncidentNews(Message message, var why) -> GitHubPlaces.of(message, rules.get());
        };
    }

    /** An issue of its own in the repository of issues; without one nothing is held back. */
    @Override
    public Optional<String> home() {
        return Optional.ofNullable(rules.get().issues()).map(Repository::fullName);
    }

    @Override
    public Receipt post(Saying saying) {
        return attempt(saying.place(), (place, missing) -> GitHubAbsence.before(missing), place -> {
            if (place.number() == null) {
                int number = issues.create(place.repository(), issue(saying, place.repository()))
                        .number();
                return GitHubPlace.conversation(place.repository(), number);
            }
            return place.comment(issues.comment(place.repository(), place.number(), voice.root(saying))
                    .id());
        });
    }

    @Override
    public Receipt edit(Saying saying, String root) {
        return attempt(root, absence::after, place -> {
            if (place.comment() != null) {
                issues.changeComment(place.repository(), place.comment(), voice.root(saying));
            } else if (place.number() != null) {
                changeIssue(saying, place.repository(), place.number());
            }
            return place;
        });
    }

    /** The word comes before the end, so that an end without a word cannot be left behind by a crash. */
    private void changeIssue(Saying saying, Repository repository, int number) throws GitHubFailure {
        @Nullable String state = state(saying.content());
        boolean over = "closed".equals(state);
        if (over && comment(saying, repository, number, saying.marker()).isEmpty()) {
            issues.comment(repository, number, voice.reply(saying));
        }
        NewIssue changed = new NewIssue(voice.title(saying), voice.root(saying), List.of(), List.of());
        issues.change(repository, number, changed, state);
    }

    /** What calls a person reopens an issue: the incident came back, or somebody closed it too early. */
    private static @Nullable String state(Content content) {
        if (!(content instanceof Content.IncidentNews(Message message, var why))) {
            return null;
        }
        if (message.kind() == MessageKind.RESOLVED) {
            return "closed";
        }
        return message.kind().interrupts() ? "open" : null;
    }

    @Override
    public Receipt reply(Saying saying, String root) {
        return attempt(root, (place, missing) -> absence.after(place.conversation(), missing), place -> {
            int number = place.number() == null ? 0 : place.number();
            Optional<String> assignee =
                    place.comment() == null ? assignee(saying, place.repository()) : Optional.empty();
            if (assignee.isPresent()) {
                issues.assign(place.repository(), number, assignee.get());
            }
            return place.comment(issues.comment(place.repository(), number, voice.reply(saying))
                    .id());
        });
    }

    /** Whoever is told now, where an issue of the repository can be theirs. */
    private Optional<String> assignee(Saying saying, Repository repository) throws GitHubFailure {
        String handle =
                saying.content() instanceof Content.IncidentNews(Message message, var why) && message.to() != null
                        ? message.to().handle()
                        : null;
        return handle != null && people.isAssignable(repository, handle) ? Optional.of(handle) : Optional.empty();
    }

    @Override
    public Lookup findRoot(Saying saying) {
        return look(saying.place(), place -> {
            Repository repository = place.repository();
            if (place.number() != null) {
                return comment(saying, repository, place.number(), saying.rootMarker())
                        .map(place::comment);
            }
            String self = people.self();
            return issues.newest(
                            repository,
                            self,
                            Markers.since(saying),
                            issue -> Markers.has(issue.body(), saying.rootMarker()))
                    .map(issue -> GitHubPlace.conversation(repository, issue.number()));
        });
    }

    @Override
    public Lookup findReply(Saying saying, String root) {
        return look(root, place -> {
            int number = place.number() == null ? 0 : place.number();
            return comment(saying, place.repository(), number, saying.marker()).map(place::comment);
        });
    }

    /** Of our own with a marker: anybody can write one. */
    private Optional<Long> comment(Saying saying, Repository repository, int number, String marker)
            throws GitHubFailure {
        String self = people.self();
        return issues.comment(
                        repository,
                        number,
                        Markers.since(saying),
                        comment -> comment.author().equalsIgnoreCase(self) && Markers.has(comment.body(), marker))
                .map(GitHubIssues.Comment::id);
    }

    private NewIssue issue(Saying saying, Repository repository) throws GitHubFailure {
        if (!(saying.content() instanceof Content.IncidentNews(Message message, var why))) {
            return new NewIssue(voice.title(saying), voice.root(saying), List.of(), List.of());
        }
        IncidentView incident = message.incident();
        return new NewIssue(
                voice.title(saying),
                voice.root(saying),
                labels.existing(repository, GitHubLabels.wanted(incident.diagnosis(), rules.get())),
                assignee(saying, repository).stream().toList());
    }

    /** Something that GitHub is asked for. */
    private interface Act<T> {
        T at(GitHubPlace place) throws GitHubFailure;
    }

    private static Receipt attempt(
            String where, BiFunction<GitHubPlace, GitHubFailure, Receipt> missing, Act<GitHubPlace> act) {
        Optional<GitHubPlace> place = GitHubPlace.parse(where);
        if (place.isEmpty()) {
            return new Receipt.Refused("\"" + where + "\" is no place on GitHub; write org/repo or org/repo#number");
        }
        try {
            return new Receipt.Written(act.at(place.get()).toString());
        } catch (GitHubFailure e) {
            return switch (e.kind()) {
                case LATER -> new Receipt.Later(e.after(), e.scope(), e.sentence());
                case UNCLEAR -> new Receipt.Unknown(e.sentence());
                case MISSING -> missing.apply(place.get(), e);
                case REFUSED -> new Receipt.Refused(e.sentence());
            };
        }
    }

    private Lookup look(String where, Act<Optional<GitHubPlace>> act) {
        Optional<GitHubPlace> place = GitHubPlace.parse(where);
        if (place.isEmpty()) {
            return new Lookup.Missing();
        }
        try {
            return act.at(place.get())
                    .<Lookup>map(found -> new Lookup.Found(found.toString()))
                    .orElseGet(Lookup.Missing::new);
        } catch (GitHubFailure e) {
            return e.kind() == Kind.MISSING
                    ? absence.when(place.get(), e)
                    : new Lookup.Unclear(e.after(), e.scope(), e.sentence());
        }
    }
}
