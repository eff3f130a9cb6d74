// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.command.DispatcherFixture.ID;
import static io.kubevirt.cinotify.command.DispatcherFixture.LANE;
import static io.kubevirt.cinotify.command.DispatcherFixture.MEMBER;
import static io.kubevirt.cinotify.command.DispatcherFixture.OUTSIDER;
import static io.kubevirt.cinotify.command.DispatcherFixture.TRUSTED;
import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.command.CommandResult.Outcome;
import io.kubevirt.cinotify.incident.IncidentAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of each command. */
class CommandDispatcherTest {

    private static final String STORAGE = "pull-kubevirt-e2e-k8s-1.36-sig-storage";

    private final DispatcherFixture talk = new DispatcherFixture();

    @Test
    void whoeverIsResponsibleForTheRequiredRedChecksIsToldOnce() {
        talk.failedCheck(LANE, true);
        talk.failedCheck(STORAGE, true);
        talk.failedCheck("pull-kubevirt-unit-test", false);

        CommandResult answer = talk.writes(TRUSTED, "/ci-notify");

        assertThat(talk.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.lanes()).containsExactly(LANE, STORAGE);
            assertThat(call.diagnosis().sig()).isEqualTo("multi");
        });
        assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
        assertThat(answer.markdown())
                .startsWith("@trusted-person: 2 required checks are red here. ")
                .contains(
                        "`dhiller` (Primary) is told now", "as incident `0000000001`", "SIG `network`", "SIG `storage`")
                .doesNotContain("@dhiller");
    }

    @Test
    void whatIsKnownAlreadyIsNotToldAgain() {
        talk.failedCheck(LANE, true);
        talk.incident(ID, LANE, "network");

        CommandResult answer = talk.writes(TRUSTED, "/ci-notify");

        assertThat(talk.openedIncidents).isEmpty();
        assertThat(answer.markdown()).contains("is known, `" + ID + "`", "nobody was told again");
    }

    @Test
    void whereNothingIsRedNobodyIsTold() {
        talk.failedCheck(LANE, false);

        CommandResult answer = talk.writes(TRUSTED, "/ci-notify");

        assertThat(talk.openedIncidents).isEmpty();
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

        CommandResult answer = talk.writes(TRUSTED, "/ci-notify");

        assertThat(talk.openedIncidents).singleElement().satisfies(call -> {
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
        CommandResult answer = talk.writes(TRUSTED, "/ci-notify " + word + " please look");

        assertThat(talk.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.diagnosis().area()).isEqualTo(area);
            assertThat(call.diagnosis().sig()).isEqualTo(sig);
            assertThat(call.why()).endsWith(": please look");
        });
        assertThat(answer.markdown()).contains("`" + responsible + "` (");
        assertThat(answer.labels()).isEmpty();
    }

    @Test
    void theWordsOfARequestAreSaidOnce() {
        talk.writes(DispatcherFixture.MEMBER, "/ci-notify prow the queue is stuck");

        assertThat(talk.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.title()).isEqualTo("prow: help is wanted on kubevirt/kubevirt#14890");
            assertThat(call.why()).isEqualTo("dhiller asks below \"Make it better\": the queue is stuck");
        });
    }

    @Test
    void outsideWorkingHoursItSaysWhenSomebodyIsTold() {
        talk.now = Instant.parse("2026-07-18T22:00:00Z");

        CommandResult answer = talk.writes(TRUSTED, "/ci-notify sig-network help");

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
        CommandResult answer = talk.writes(TRUSTED, "/ci-notify " + word);

        assertThat(talk.openedIncidents).isEmpty();
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.markdown()).contains("nobody was told", "Did you mean `" + meant + "`");
    }

    @Test
    void ofSeveralJobsTheCandidatesAreShown() {
        CommandResult answer = talk.writes(TRUSTED, "/ci-notify e2e-k8s-1.36");

        assertThat(talk.openedIncidents).isEmpty();
        assertThat(answer.markdown()).contains("`/ci-notify " + LANE + "`", "`/ci-notify " + STORAGE + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@dhiller", "qqqqqqqq", "🔥", "<b>", "https://example.org"})
    void nothingIsAnsweredWithSilence(String word) {
        CommandResult answer = talk.writes(TRUSTED, "/ci-notify " + word);

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.markdown()).contains("is no area, SIG or job that I know", "The areas are");
    }

    @Test
    void theSameRequestWithinAnHourIsAnsweredWithALinkToTheFirst() {
        talk.failedCheck(LANE, true);
        String first = talk.writes(TRUSTED, "/ci-notify").logEntry().url();
        talk.now = NOON.plus(Duration.ofMinutes(59));

        CommandResult again = talk.writes(MEMBER, "/ci-notify");

        assertThat(talk.openedIncidents).hasSize(1);
        assertThat(again.markdown()).contains("[asked already](" + first + ")", "nobody was told again");

        talk.now = NOON.plus(Duration.ofMinutes(61));
        talk.writes(MEMBER, "/ci-notify");
        assertThat(talk.openedIncidents).hasSize(2);
    }

    @Test
    void otherWordsOrOtherRedChecksAreAnotherRequest() {
        talk.failedCheck(LANE, true);
        talk.writes(TRUSTED, "/ci-notify");
        talk.failedCheck(STORAGE, true);
        talk.writes(TRUSTED, "/ci-notify");
        talk.writes(TRUSTED, "/ci-notify prow tide");
        talk.writes(TRUSTED, "/ci-notify PROW  Tide");
        talk.writes(TRUSTED, "/ci-notify prow deck");

        assertThat(talk.openedIncidents).hasSize(4);
    }

    @Test
    void whoCallsTooOftenIsAskedToWait() {
        for (int i = 0; i < 5; i++) {
            talk.elsewhere().writes(TRUSTED, "/ci-notify prow question " + i);
        }
        CommandResult sixth = talk.elsewhere().writes(TRUSTED, "/ci-notify prow question 6");
        assertThat(talk.openedIncidents).hasSize(5);
        assertThat(sixth.markdown()).contains("you have called people 5 times within an hour");

        talk.now = NOON.plus(Duration.ofMinutes(61));
        talk.writes(TRUSTED, "/ci-notify prow question 7");
        assertThat(talk.openedIncidents).hasSize(6);
    }

    @Test
    void aConversationCallsNobodyMoreOftenThanTheLimit() {
        talk.limits = new CommandEnvironment.Limits(100, 3, 100);
        for (int i = 0; i < 3; i++) {
            talk.writes(i % 2 == 0 ? TRUSTED : MEMBER, "/ci-notify prow question " + i);
        }
        assertThat(talk.writes(TRUSTED, "/ci-notify prow question 4").markdown())
                .contains("people were called from here 3 times within an hour");
    }

    @Test
    void whoTypesWithoutEndGetsNoMoreAnswers() {
        for (int i = 0; i < 30; i++) {
            assertThat(talk.writes(OUTSIDER, "/ci-notify who").markdown()).isNotNull();
        }
        CommandResult last = talk.writes(OUTSIDER, "/ci-notify who");
        assertThat(last.markdown()).isNull();
        assertThat(last.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ci-notify", "/ci-notify prow", "/ci-notify ack", "/ci-notify resolve " + ID, "/ci-notify drill"
            })
    void aStrangerMayNotAndIsToldSoOnce(String body) {
        talk.incident(ID, LANE, "network");
        talk.failedCheck(LANE, true);

        CommandResult first = talk.writes(OUTSIDER, body);
        CommandResult second = talk.writes(OUTSIDER, body);
        CommandResult other = talk.writes("another-one", "/ci-notify prow");

        assertThat(first.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(first.markdown()).startsWith("@somebody: thank you, but this command is for ");
        assertThat(second.markdown()).isNull();
        assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(other.markdown()).isNull();
        assertThat(talk.elsewhere().writes(OUTSIDER, body).markdown()).isNotNull();
        assertThat(talk.openedIncidents).isEmpty();
        assertThat(talk.appliedActions).isEmpty();
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

        CommandResult answer = talk.writes(OUTSIDER, body);

        assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
        assertThat(answer.markdown()).startsWith("@somebody: ");
    }

    @Test
    void theAuthorOfAPullRequestMayCallForItAndNoOther() {
        talk.failedCheck(LANE, true);
        assertThat(talk.writes("PR-author", "/ci-notify").outcome()).isEqualTo(Outcome.DONE);
        talk.pull = false;
        assertThat(talk.writes("pr-author", "/ci-notify prow").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(talk.openedIncidents).hasSize(1);
    }

    @Test
    void aClosedConversationCallsNobody() {
        talk.open = false;
        assertThat(talk.writes(MEMBER, "/ci-notify prow").markdown()).contains("closed, so nobody was told");
        assertThat(talk.openedIncidents).isEmpty();
    }

    @Test
    void theIncidentThatWasToldHereIsMeant() {
        talk.incident("aaaaaaaaaa", STORAGE, "storage");
        talk.incident(ID, LANE, "network");
        talk.notifiedHere = List.of(ID);

        CommandResult answer = talk.writes(MEMBER, "/ci-notify ack");

        assertThat(talk.appliedActions).containsExactly(new IncidentAction.Acknowledge(ID, MEMBER));
        assertThat(answer.markdown()).contains("incident `" + ID + "`", "you see to it");
    }

    @Test
    void whereSeveralCouldBeMeantTheyAreShown() {
        talk.incident("aaaaaaaaaa", STORAGE, "storage");
        talk.incident(ID, LANE, "network");

        CommandResult answer = talk.writes(MEMBER, "/ci-notify resolve");

        assertThat(talk.appliedActions).isEmpty();
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.markdown()).contains("several incidents belong here", "`aaaaaaaaaa`", "`" + ID + "`");
    }

    @Test
    void anUnknownIdIsAnsweredWithTheOpenOnes() {
        talk.incident(ID, LANE, "network");

        CommandResult answer = talk.writes(MEMBER, "/ci-notify ack 0123456789");

        assertThat(talk.appliedActions).isEmpty();
        assertThat(answer.markdown()).contains("there is no incident 0123456789", "/ci-notify ack " + ID);
    }

    @Test
    void aPersonOfTheSigMayAnswerForItsIncidentsAndNotForOthers() {
        talk.incident(ID, LANE, "network");
        talk.incident("aaaaaaaaaa", STORAGE, "storage");
        String lead = talk.environment()
                .permissions()
                .sigs()
                .people("network")
                .getFirst()
                .handle();

        assertThat(talk.writes(lead, "/ci-notify ack " + ID).outcome()).isEqualTo(Outcome.DONE);
        CommandResult refused = talk.writes(lead, "/ci-notify ack aaaaaaaaaa");

        assertThat(talk.appliedActions).containsExactly(new IncidentAction.Acknowledge(ID, lead));
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

        assertThat(talk.writes(MEMBER, "/ci-notify snooze " + words).outcome()).isEqualTo(Outcome.DONE);

        assertThat(talk.appliedActions).containsExactly(new IncidentAction.Snooze(ID, MEMBER, until));
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

        CommandResult answer = talk.writes(MEMBER, "/ci-notify snooze " + words);

        assertThat(talk.appliedActions).isEmpty();
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.markdown()).contains("`until monday`");
    }

    @Test
    void whatTheCoreRefusesIsAnsweredWithItsReason() {
        talk.incident(ID, LANE, "network");
        talk.refusal = Optional.of("it is over");

        CommandResult answer = talk.writes(MEMBER, "/ci-notify ack");

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.markdown()).contains("stays as it is: it is over");
    }

    @Test
    void reassigningIsRememberedAsTheRuleThatWouldHaveKnown() {
        talk.incident(ID, LANE, "network");

        talk.writes(MEMBER, "/ci-notify reassign sig-storage");

        assertThat(talk.appliedActions).hasSize(1);
        CommandResult answer = talk.writes(OUTSIDER, "/ci-notify suggestions");
        assertThat(answer.markdown()).contains("- name: reassigned-" + LANE.replace('.', '-'), "  sig: 'storage'");
    }

    @Test
    void amemberCanBeNamed() {
        talk.incident(ID, LANE, "network");

        talk.writes(MEMBER, "/ci-notify reassign @Dollierp");

        assertThat(talk.appliedActions).containsExactly(new IncidentAction.Reassign(ID, MEMBER, "dollierp", null));
        assertThat(talk.reassignments).isEmpty();
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

        CommandResult answer = talk.writes(MEMBER, "/ci-notify reassign " + to);

        assertThat(talk.appliedActions).isEmpty();
        assertThat(answer.markdown()).contains(says);
    }

    @Test
    void aDrillCallsOnlyWhoeverAsksForIt() {
        CommandResult answer = talk.writes(MEMBER, "/ci-notify drill");

        assertThat(talk.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.onlyRecipient()).isEqualTo(MEMBER);
            assertThat(call.title()).startsWith("DRILL");
            assertThat(call.why()).startsWith("DRILL");
        });
        assertThat(answer.markdown()).contains("**drill**", "Only you are told");
    }

    @Test
    void aRunIsExplainedByItsPage() {
        String page = "https://prow.example.org/view/gs/bucket/pr-logs/pull/kubevirt_kubevirt/14890/" + LANE + "/7";

        assertThat(talk.writes(OUTSIDER, "/ci-notify explain " + page).markdown())
                .contains("`" + LANE + "`", "SIG `network`", "<details><summary>Why</summary>", "rule named-sig");
        assertThat(talk.writes(OUTSIDER, "/ci-notify explain https://elsewhere.example.org/1")
                        .markdown())
                .contains("is not the page of a run of this Prow");
    }

    @Test
    void whoCallsNobody() {
        assertThat(talk.writes(OUTSIDER, "/ci-notify who").markdown())
                .contains("`prow`: `dollierp` (Primary)", "`bare-metal`: ", ", next `")
                .doesNotContain("@dollierp", "@dhiller");
        assertThat(talk.writes(OUTSIDER, "/ci-notify who prwo").markdown()).contains("`/ci-notify who prow`");
    }

    @Test
    void statusShowsWhatIsHereBeforeWhatIsElsewhere() {
        talk.incident(ID, LANE, "network");
        assertThat(talk.writes(OUTSIDER, "/ci-notify status").markdown()).contains("1 open here:", "`" + ID + "`");
        talk.elsewhere().elsewhere();
        assertThat(talk.writes(OUTSIDER, "/ci-notify status").markdown())
                .contains("no open incident touches this conversation itself", "Elsewhere in the repository:", ID);
    }

    @Test
    void helpTellsEveryCommand() {
        String help = talk.writes(OUTSIDER, "/ci-notify help").markdown();
        assertThat(CommandHelp.entries())
                .allSatisfy(entry -> assertThat(help).contains(entry.usage().replace("|", "\\|")));
    }
}
