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
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.command.Talk.ID;
import static io.kubevirt.cinotify.command.Talk.LANE;
import static io.kubevirt.cinotify.command.Talk.MEMBER;
import static io.kubevirt.cinotify.command.Talk.OUTSIDER;
import static io.kubevirt.cinotify.command.Talk.TRUSTED;
import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.command.Answer.Mood;
import io.kubevirt.cinotify.incident.policy.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of each command. */
class DeciderTest {

    private static final String STORAGE = "pull-kubevirt-e2e-k8s-1.36-sig-storage";

    private final Talk talk = new Talk();

    @Test
    void whoeverIsResponsibleForTheRequiredRedChecksIsToldOnce() {
        talk.red(LANE, true);
        talk.red(STORAGE, true);
        talk.red("pull-kubevirt-unit-test", false);

        Answer answer = talk.says(TRUSTED, "/ci-notify");

        assertThat(talk.calls).singleElement().satisfies(call -> {
            assertThat(call.lanes()).containsExactly(LANE, STORAGE);
            assertThat(call.diagnosis().sig()).isEqualTo("multi");
        });
        assertThat(answer.mood()).isEqualTo(Mood.DONE);
        assertThat(answer.markdown())
                .startsWith("@trusted-person: 2 required checks are red here. ")
                .contains(
                        "`dhiller` (Primary) is told now", "as incident `0000000001`", "SIG `network`", "SIG `storage`")
                .doesNotContain("@dhiller");
    }

    @Test
    void whatIsKnownAlreadyIsNotToldAgain() {
        talk.red(LANE, true);
        talk.incident(ID, LANE, "network");

        Answer answer = talk.says(TRUSTED, "/ci-notify");

        assertThat(talk.calls).isEmpty();
        assertThat(answer.markdown()).contains("is known, `" + ID + "`", "nobody was told again");
    }

    @Test
    void whereNothingIsRedNobodyIsTold() {
        talk.red(LANE, false);

        Answer answer = talk.says(TRUSTED, "/ci-notify");

        assertThat(talk.calls).isEmpty();
        assertThat(answer.markdown())
                .contains("no required check is red", "not needed to merge: `" + LANE + "`", "/ci-notify AREA words");
    }

    @ParameterizedTest
    @CsvSource({
        "sig/network, sig-support, network",
        "kubevirtci, kubevirtci, none",
        "area/prow, prow, none",
        "kind/bug, sig-support, none"
    })
    void anIssueIsOfTheAreaOrSigOfItsLabel(String label, String area, String sig) {
        talk.pull = false;
        talk.labels = List.of("triage/accepted", label);

        Answer answer = talk.says(TRUSTED, "/ci-notify");

        assertThat(talk.calls).singleElement().satisfies(call -> {
            assertThat(call.diagnosis().area()).isEqualTo(area);
            assertThat(call.diagnosis().sig()).isEqualTo(sig);
        });
        assertThat(answer.labels()).contains(List.of(area, "area/" + area));
    }

    @ParameterizedTest
    @CsvSource({
        "prow, prow, none, dollierp",
        "PROW, prow, none, dollierp",
        "area/prow, prow, none, dollierp",
        "sig-network, sig-support, network, dhiller",
        "sig/network, sig-support, network, dhiller",
        "network, sig-support, network, dhiller",
        "SIG-Storage, sig-support, storage, dhiller",
        "operator, sig-support, control-plane, dhiller",
        "pull-kubevirt-e2e-k8s-1.36-sig-network, sig-support, network, dhiller",
        "1.36-sig-storage, sig-support, storage, dhiller"
    })
    void aWordNamesAnAreaASigOrAJob(String word, String area, String sig, String responsible) {
        Answer answer = talk.says(TRUSTED, "/ci-notify " + word + " please look");

        assertThat(talk.calls).singleElement().satisfies(call -> {
            assertThat(call.diagnosis().area()).isEqualTo(area);
            assertThat(call.diagnosis().sig()).isEqualTo(sig);
            assertThat(call.why()).endsWith(": please look");
        });
        assertThat(answer.markdown()).contains("`" + responsible + "` (");
        assertThat(answer.labels()).isEmpty();
    }

    @Test
    void theWordsOfARequestAreSaidOnce() {
        talk.says(Talk.MEMBER, "/ci-notify prow the queue is stuck");

        assertThat(talk.calls).singleElement().satisfies(call -> {
            assertThat(call.title()).isEqualTo("prow: help is wanted on kubevirt/kubevirt#14890");
            assertThat(call.why()).isEqualTo("dhiller asks below \"Make it better\": the queue is stuck");
        });
    }

    @Test
    void outsideWorkingHoursItSaysWhenSomebodyIsTold() {
        talk.now = Instant.parse("2026-07-18T22:00:00Z");

        Answer answer = talk.says(TRUSTED, "/ci-notify sig-network help");

        assertThat(answer.markdown()).contains("is told at 2026-07-", "when they are at work");
    }

    @ParameterizedTest
    @CsvSource({
        "prwo, /ci-notify prow",
        "sig-netwrok, /ci-notify sig-network",
        "stauts, /ci-notify status",
        "kubevirtcy, /ci-notify kubevirtci",
        "pull-kubevirt-unit-tset, /ci-notify pull-kubevirt-unit-test"
    })
    void aSlipIsAnsweredWithWhatWasMeant(String word, String meant) {
        Answer answer = talk.says(TRUSTED, "/ci-notify " + word);

        assertThat(talk.calls).isEmpty();
        assertThat(answer.mood()).isEqualTo(Mood.REFUSED);
        assertThat(answer.markdown()).contains("nobody was told", "Did you mean `" + meant + "`");
    }

    @Test
    void ofSeveralJobsTheCandidatesAreShown() {
        Answer answer = talk.says(TRUSTED, "/ci-notify e2e-k8s-1.36");

        assertThat(talk.calls).isEmpty();
        assertThat(answer.markdown()).contains("`/ci-notify " + LANE + "`", "`/ci-notify " + STORAGE + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@dhiller", "qqqqqqqq", "🔥", "<b>", "https://example.org"})
    void nothingIsAnsweredWithSilence(String word) {
        Answer answer = talk.says(TRUSTED, "/ci-notify " + word);

        assertThat(answer.mood()).isEqualTo(Mood.REFUSED);
        assertThat(answer.markdown()).contains("is no area, SIG or job that I know", "The areas are");
    }

    @Test
    void theSameRequestWithinAnHourIsAnsweredWithALinkToTheFirst() {
        talk.red(LANE, true);
        String first = talk.says(TRUSTED, "/ci-notify").earlier().url();
        talk.now = NOON.plus(Duration.ofMinutes(59));

        Answer again = talk.says(MEMBER, "/ci-notify");

        assertThat(talk.calls).hasSize(1);
        assertThat(again.markdown()).contains("[asked already](" + first + ")", "nobody was told again");

        talk.now = NOON.plus(Duration.ofMinutes(61));
        talk.says(MEMBER, "/ci-notify");
        assertThat(talk.calls).hasSize(2);
    }

    @Test
    void otherWordsOrOtherRedChecksAreAnotherRequest() {
        talk.red(LANE, true);
        talk.says(TRUSTED, "/ci-notify");
        talk.red(STORAGE, true);
        talk.says(TRUSTED, "/ci-notify");
        talk.says(TRUSTED, "/ci-notify prow tide");
        talk.says(TRUSTED, "/ci-notify PROW  Tide");
        talk.says(TRUSTED, "/ci-notify prow deck");

        assertThat(talk.calls).hasSize(4);
    }

    @Test
    void whoCallsTooOftenIsAskedToWait() {
        for (int i = 0; i < 5; i++) {
            talk.elsewhere().says(TRUSTED, "/ci-notify prow question " + i);
        }
        Answer sixth = talk.elsewhere().says(TRUSTED, "/ci-notify prow question 6");
        assertThat(talk.calls).hasSize(5);
        assertThat(sixth.markdown()).contains("you have called people 5 times within an hour");

        talk.now = NOON.plus(Duration.ofMinutes(61));
        talk.says(TRUSTED, "/ci-notify prow question 7");
        assertThat(talk.calls).hasSize(6);
    }

    @Test
    void aConversationCallsNobodyMoreOftenThanTheLimit() {
        talk.limits = new Knowledge.Limits(100, 3, 100);
        for (int i = 0; i < 3; i++) {
            talk.says(i % 2 == 0 ? TRUSTED : MEMBER, "/ci-notify prow question " + i);
        }
        assertThat(talk.says(TRUSTED, "/ci-notify prow question 4").markdown())
                .contains("people were called from here 3 times within an hour");
    }

    @Test
    void whoTypesWithoutEndGetsNoMoreAnswers() {
        for (int i = 0; i < 30; i++) {
            assertThat(talk.says(OUTSIDER, "/ci-notify who").markdown()).isNotNull();
        }
        Answer last = talk.says(OUTSIDER, "/ci-notify who");
        assertThat(last.markdown()).isNull();
        assertThat(last.mood()).isEqualTo(Mood.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ci-notify", "/ci-notify prow", "/ci-notify ack", "/ci-notify resolve " + ID, "/ci-notify drill"
            })
    void aStrangerMayNotAndIsToldSoOnce(String body) {
        talk.incident(ID, LANE, "network");
        talk.red(LANE, true);

        Answer first = talk.says(OUTSIDER, body);
        Answer second = talk.says(OUTSIDER, body);
        Answer other = talk.says("another-one", "/ci-notify prow");

        assertThat(first.mood()).isEqualTo(Mood.REFUSED);
        assertThat(first.markdown()).startsWith("@somebody: thank you, but this command is for ");
        assertThat(second.markdown()).isNull();
        assertThat(second.mood()).isEqualTo(Mood.REFUSED);
        assertThat(other.markdown()).isNull();
        assertThat(talk.elsewhere().says(OUTSIDER, body).markdown()).isNotNull();
        assertThat(talk.calls).isEmpty();
        assertThat(talk.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ci-notify who",
                "/ci-notify who prow",
                "/ci-notify who sig-network",
                "/ci-notify status",
                "/ci-notify help",
                "/ci-notify suggestions",
                "/ci-notify explain",
                "/ci-notify explain " + LANE,
                "/ci-notify explain " + ID
            })
    void anybodyMayRead(String body) {
        talk.incident(ID, LANE, "network");
        talk.open = false;

        Answer answer = talk.says(OUTSIDER, body);

        assertThat(answer.mood()).isEqualTo(Mood.DONE);
        assertThat(answer.markdown()).startsWith("@somebody: ");
    }

    @Test
    void theAuthorOfAPullRequestMayCallForItAndNoOther() {
        talk.red(LANE, true);
        assertThat(talk.says("PR-author", "/ci-notify").mood()).isEqualTo(Mood.DONE);
        talk.pull = false;
        assertThat(talk.says("pr-author", "/ci-notify prow").mood()).isEqualTo(Mood.REFUSED);
        assertThat(talk.calls).hasSize(1);
    }

    @Test
    void aClosedConversationCallsNobody() {
        talk.open = false;
        assertThat(talk.says(MEMBER, "/ci-notify prow").markdown()).contains("closed, so nobody was told");
        assertThat(talk.calls).isEmpty();
    }

    @Test
    void theIncidentThatWasToldHereIsMeant() {
        talk.incident("aaaaaaaaaa", STORAGE, "storage");
        talk.incident(ID, LANE, "network");
        talk.saidHere = List.of(ID);

        Answer answer = talk.says(MEMBER, "/ci-notify ack");

        assertThat(talk.commands).containsExactly(new Command.Acknowledge(ID, MEMBER));
        assertThat(answer.markdown()).contains("incident `" + ID + "`", "you see to it");
    }

    @Test
    void whereSeveralCouldBeMeantTheyAreShown() {
        talk.incident("aaaaaaaaaa", STORAGE, "storage");
        talk.incident(ID, LANE, "network");

        Answer answer = talk.says(MEMBER, "/ci-notify resolve");

        assertThat(talk.commands).isEmpty();
        assertThat(answer.mood()).isEqualTo(Mood.REFUSED);
        assertThat(answer.markdown()).contains("several incidents belong here", "`aaaaaaaaaa`", "`" + ID + "`");
    }

    @Test
    void anUnknownIdIsAnsweredWithTheOpenOnes() {
        talk.incident(ID, LANE, "network");

        Answer answer = talk.says(MEMBER, "/ci-notify ack 0123456789");

        assertThat(talk.commands).isEmpty();
        assertThat(answer.markdown()).contains("there is no incident 0123456789", "/ci-notify ack " + ID);
    }

    @Test
    void aPersonOfTheSigMayAnswerForItsIncidentsAndNotForOthers() {
        talk.incident(ID, LANE, "network");
        talk.incident("aaaaaaaaaa", STORAGE, "storage");
        String lead =
                talk.knowledge().access().sigs().people("network").getFirst().handle();

        assertThat(talk.says(lead, "/ci-notify ack " + ID).mood()).isEqualTo(Mood.DONE);
        Answer refused = talk.says(lead, "/ci-notify ack aaaaaaaaaa");

        assertThat(talk.commands).containsExactly(new Command.Acknowledge(ID, lead));
        assertThat(refused.markdown()).contains("decide about incident `aaaaaaaaaa`");
    }

    @ParameterizedTest
    @CsvSource({
        "4h, 2026-07-15T16:00:00Z",
        "90 minutes, 2026-07-15T13:30:00Z",
        "1d12h, 2026-07-17T00:00:00Z",
        "2 weeks, 2026-07-29T12:00:00Z",
        "until monday, 2026-07-20T07:00:00Z",
        "until next Monday, 2026-07-20T07:00:00Z",
        "tomorrow, 2026-07-16T07:00:00Z",
        "2026-07-20, 2026-07-20T07:00:00Z",
        "until 2026-07-18, 2026-07-20T07:00:00Z",
        "2026-07-20T10:00:00+02:00, 2026-07-20T08:00:00Z"
    })
    void aSnoozeLastsUntilTheHourThatIsMeant(String words, Instant until) {
        talk.incident(ID, LANE, "network");

        assertThat(talk.says(MEMBER, "/ci-notify snooze " + words).mood()).isEqualTo(Mood.DONE);

        assertThat(talk.commands).containsExactly(new Command.Snooze(ID, MEMBER, until));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a while",
                "0h",
                "-4h",
                "4",
                "4 fortnights",
                "2026-07-14",
                "2026-13-01",
                "91d",
                "99999h",
                "2 months",
                "mo"
            })
    void anUnclearTimeIsAskedFor(String words) {
        talk.incident(ID, LANE, "network");

        Answer answer = talk.says(MEMBER, "/ci-notify snooze " + words);

        assertThat(talk.commands).isEmpty();
        assertThat(answer.mood()).isEqualTo(Mood.REFUSED);
        assertThat(answer.markdown()).contains("`until monday`");
    }

    @Test
    void whatTheCoreRefusesIsAnsweredWithItsReason() {
        talk.incident(ID, LANE, "network");
        talk.refusal = Optional.of("it is over");

        Answer answer = talk.says(MEMBER, "/ci-notify ack");

        assertThat(answer.mood()).isEqualTo(Mood.REFUSED);
        assertThat(answer.markdown()).contains("stays as it is: it is over");
    }

    @Test
    void reassigningIsRememberedAsTheRuleThatWouldHaveKnown() {
        talk.incident(ID, LANE, "network");

        talk.says(MEMBER, "/ci-notify reassign sig-storage");

        assertThat(talk.commands).hasSize(1);
        Answer answer = talk.says(OUTSIDER, "/ci-notify suggestions");
        assertThat(answer.markdown()).contains("- name: reassigned-" + LANE.replace('.', '-'), "  sig: 'storage'");
    }

    @Test
    void amemberCanBeNamed() {
        talk.incident(ID, LANE, "network");

        talk.says(MEMBER, "/ci-notify reassign @Dollierp");

        assertThat(talk.commands).containsExactly(new Command.Reassign(ID, MEMBER, "dollierp", null));
        assertThat(talk.moved).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "prwo, Did you mean `prow`",
        "@dhilller, Did you mean `@dhiller`",
        "'', to whom?",
        "@nobody-at-all, is no area"
    })
    void anUnknownAddresseeIsAskedFor(String to, String says) {
        talk.incident(ID, LANE, "network");

        Answer answer = talk.says(MEMBER, "/ci-notify reassign " + to);

        assertThat(talk.commands).isEmpty();
        assertThat(answer.markdown()).contains(says);
    }

    @Test
    void aDrillCallsOnlyWhoeverAsksForIt() {
        Answer answer = talk.says(MEMBER, "/ci-notify drill");

        assertThat(talk.calls).singleElement().satisfies(call -> {
            assertThat(call.only()).isEqualTo(MEMBER);
            assertThat(call.title()).startsWith("DRILL");
            assertThat(call.why()).startsWith("DRILL");
        });
        assertThat(answer.markdown()).contains("**drill**", "Only you are told");
    }

    @Test
    void aRunIsExplainedByItsPage() {
        String page = "https://prow.example.org/view/gs/bucket/pr-logs/pull/kubevirt_kubevirt/14890/" + LANE + "/7";

        assertThat(talk.says(OUTSIDER, "/ci-notify explain " + page).markdown())
                .contains("`" + LANE + "`", "SIG `network`", "<details><summary>Why</summary>", "rule named-sig");
        assertThat(talk.says(OUTSIDER, "/ci-notify explain https://elsewhere.example.org/1")
                        .markdown())
                .contains("is not the page of a run of this Prow");
    }

    @Test
    void whoCallsNobody() {
        assertThat(talk.says(OUTSIDER, "/ci-notify who").markdown())
                .contains("`prow`: `dollierp` (Primary)", "`bare-metal`: ", ", next `")
                .doesNotContain("@dollierp", "@dhiller");
        assertThat(talk.says(OUTSIDER, "/ci-notify who prwo").markdown()).contains("`/ci-notify who prow`");
    }

    @Test
    void statusShowsWhatIsHereBeforeWhatIsElsewhere() {
        talk.incident(ID, LANE, "network");
        assertThat(talk.says(OUTSIDER, "/ci-notify status").markdown()).contains("1 open here:", "`" + ID + "`");
        talk.elsewhere().elsewhere();
        assertThat(talk.says(OUTSIDER, "/ci-notify status").markdown())
                .contains("no open incident touches this conversation itself", "Elsewhere in the repository:", ID);
    }

    @Test
    void helpTellsEveryCommand() {
        String help = talk.says(OUTSIDER, "/ci-notify help").markdown();
        assertThat(Manual.entries())
                .allSatisfy(entry -> assertThat(help).contains(entry.usage().replace("|", "\\|")));
    }
}
