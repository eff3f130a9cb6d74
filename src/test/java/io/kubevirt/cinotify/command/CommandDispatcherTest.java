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
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
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

    private final DispatcherFixture conversation = new DispatcherFixture();

    @Test
    void aFailedRequiredCheckNotifiesTheResponsiblePersonOnce() {
        conversation.failedCheck(LANE, true);
        conversation.failedCheck(STORAGE, true);
        conversation.failedCheck("pull-kubevirt-unit-test", false);

        CommandResult result = conversation.writes(TRUSTED, "/ci-notify");

        assertThat(conversation.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.lanes()).containsExactly(LANE, STORAGE);
            assertThat(call.diagnosis().sig()).isEqualTo("multi");
        });
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.markdown())
                .startsWith("@trusted-person: 2 required checks are failing. ")
                .contains(
                        "`dhiller` (Primary) is notified now",
                        "as incident `0000000001`",
                        "SIG `network`",
                        "SIG `storage`")
                .doesNotContain("@dhiller");
    }

    @Test
    void aFailureOfAnOpenIncidentNotifiesNobodyAgain() {
        conversation.failedCheck(LANE, true);
        conversation.incident(ID, LANE, "network");

        CommandResult result = conversation.writes(TRUSTED, "/ci-notify");

        assertThat(conversation.openedIncidents).isEmpty();
        assertThat(result.markdown()).contains("known, `" + ID + "`", "nobody was notified again");
    }

    @Test
    void aPullRequestWithoutFailedChecksNotifiesNobody() {
        conversation.failedCheck(LANE, false);

        CommandResult result = conversation.writes(TRUSTED, "/ci-notify");

        assertThat(conversation.openedIncidents).isEmpty();
        assertThat(result.markdown())
                .contains("no required check is failing", "but not required: `" + LANE + "`", "/ci-notify AREA text");
    }

    @ParameterizedTest
    @CsvSource({
        "sig/network, sig-support, network",
        "kubevirtci, kubevirtci, none",
        "area/prow, prow, none",
        "kind/bug, sig-support, none"
    })
    void anIssueBelongsToTheAreaOrSigOfItsLabel(String label, String area, String sig) {
        conversation.pull = false;
        conversation.labels = List.of("triage/accepted", label);

        CommandResult result = conversation.writes(TRUSTED, "/ci-notify");

        assertThat(conversation.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.diagnosis().area()).isEqualTo(area);
            assertThat(call.diagnosis().sig()).isEqualTo(sig);
        });
        assertThat(result.labels()).contains(List.of(area, "area/" + area));
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
    void aTargetIsAnAreaASigOrAJob(String word, String area, String sig, String responsible) {
        CommandResult result = conversation.writes(TRUSTED, "/ci-notify " + word + " please look");

        assertThat(conversation.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.diagnosis().area()).isEqualTo(area);
            assertThat(call.diagnosis().sig()).isEqualTo(sig);
            assertThat(call.why()).endsWith(": please look");
        });
        assertThat(result.markdown()).contains("`" + responsible + "` (");
        assertThat(result.labels()).isEmpty();
    }

    @Test
    void theTextOfARequestIsInTheIncidentOnce() {
        conversation.writes(DispatcherFixture.MEMBER, "/ci-notify prow the queue is stuck");

        assertThat(conversation.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.title()).isEqualTo("prow: help is wanted on kubevirt/kubevirt#14890");
            assertThat(call.why()).isEqualTo("dhiller asks in \"Make it better\": the queue is stuck");
        });
    }

    @Test
    void aReplyOutsideWorkingHoursSaysWhenSomebodyIsNotified() {
        conversation.now = Instant.parse("2026-07-18T22:00:00Z");

        CommandResult result = conversation.writes(TRUSTED, "/ci-notify sig-network help");

        assertThat(result.markdown()).contains("is notified at 2026-07-", "when they are at work");
    }

    @ParameterizedTest
    @CsvSource({
        "prwo, /ci-notify prow",
        "sig-netwrok, /ci-notify sig-network",
        "stauts, /ci-notify status",
        "kubevirtcy, /ci-notify kubevirtci",
        "pull-kubevirt-unit-tset, /ci-notify pull-kubevirt-unit-test"
    })
    void aTypoIsAnsweredWithTheNearestTarget(String word, String meant) {
        CommandResult result = conversation.writes(TRUSTED, "/ci-notify " + word);

        assertThat(conversation.openedIncidents).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.markdown()).contains("nobody was notified", "Did you mean `" + meant + "`");
    }

    @Test
    void anAmbiguousJobNameShowsTheCandidates() {
        CommandResult result = conversation.writes(TRUSTED, "/ci-notify e2e-k8s-1.36");

        assertThat(conversation.openedIncidents).isEmpty();
        assertThat(result.markdown()).contains("`/ci-notify " + LANE + "`", "`/ci-notify " + STORAGE + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@dhiller", "qqqqqqqq", "🔥", "<b>", "https://example.org"})
    void anUnknownTargetIsAlwaysAnswered(String word) {
        CommandResult result = conversation.writes(TRUSTED, "/ci-notify " + word);

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.markdown()).contains("is not an area, a SIG or a job", "The areas are");
    }

    @Test
    void aRepeatedRequestWithinAnHourLinksTheFirst() {
        conversation.failedCheck(LANE, true);
        String first = conversation.writes(TRUSTED, "/ci-notify").logEntry().url();
        conversation.now = NOON.plus(Duration.ofMinutes(59));

        CommandResult again = conversation.writes(MEMBER, "/ci-notify");

        assertThat(conversation.openedIncidents).hasSize(1);
        assertThat(again.markdown()).contains("[already requested](" + first + ")", "nobody was notified again");

        conversation.now = NOON.plus(Duration.ofMinutes(61));
        conversation.writes(MEMBER, "/ci-notify");
        assertThat(conversation.openedIncidents).hasSize(2);
    }

    @Test
    void aRequestWithOtherTextOrOtherFailedChecksIsANewOne() {
        conversation.failedCheck(LANE, true);
        conversation.writes(TRUSTED, "/ci-notify");
        conversation.failedCheck(STORAGE, true);
        conversation.writes(TRUSTED, "/ci-notify");
        conversation.writes(TRUSTED, "/ci-notify prow tide");
        conversation.writes(TRUSTED, "/ci-notify PROW  Tide");
        conversation.writes(TRUSTED, "/ci-notify prow deck");

        assertThat(conversation.openedIncidents).hasSize(4);
    }

    @Test
    void aPersonOverTheLimitIsAskedToWait() {
        for (int i = 0; i < 5; i++) {
            conversation.elsewhere().writes(TRUSTED, "/ci-notify prow question " + i);
        }
        CommandResult sixth = conversation.elsewhere().writes(TRUSTED, "/ci-notify prow question 6");
        assertThat(conversation.openedIncidents).hasSize(5);
        assertThat(sixth.markdown()).contains("you notified people 5 times within an hour");

        conversation.now = NOON.plus(Duration.ofMinutes(61));
        conversation.writes(TRUSTED, "/ci-notify prow question 7");
        assertThat(conversation.openedIncidents).hasSize(6);
    }

    @Test
    void aConversationOverTheLimitNotifiesNobody() {
        conversation.limits = new CommandEnvironment.Limits(100, 3, 100);
        for (int i = 0; i < 3; i++) {
            conversation.writes(i % 2 == 0 ? TRUSTED : MEMBER, "/ci-notify prow question " + i);
        }
        assertThat(conversation.writes(TRUSTED, "/ci-notify prow question 4").markdown())
                .contains("people were notified from here 3 times within an hour");
    }

    @Test
    void aPersonWithTooManyCommandsGetsNoReply() {
        for (int i = 0; i < 30; i++) {
            assertThat(conversation.writes(OUTSIDER, "/ci-notify who").markdown())
                    .isNotNull();
        }
        CommandResult last = conversation.writes(OUTSIDER, "/ci-notify who");
        assertThat(last.markdown()).isNull();
        assertThat(last.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ci-notify", "/ci-notify prow", "/ci-notify ack", "/ci-notify resolve " + ID, "/ci-notify drill"
            })
    void aStrangerIsRefusedOncePerConversation(String body) {
        conversation.incident(ID, LANE, "network");
        conversation.failedCheck(LANE, true);

        CommandResult first = conversation.writes(OUTSIDER, body);
        CommandResult second = conversation.writes(OUTSIDER, body);
        CommandResult other = conversation.writes("another-one", "/ci-notify prow");

        assertThat(first.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(first.markdown()).startsWith("@somebody: this command is only for ");
        assertThat(second.markdown()).isNull();
        assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(other.markdown()).isNull();
        assertThat(conversation.elsewhere().writes(OUTSIDER, body).markdown()).isNotNull();
        assertThat(conversation.openedIncidents).isEmpty();
        assertThat(conversation.appliedActions).isEmpty();
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
    void anyoneMayUseReadOnlyCommands(String body) {
        conversation.incident(ID, LANE, "network");
        conversation.open = false;

        CommandResult result = conversation.writes(OUTSIDER, body);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.markdown()).startsWith("@somebody: ");
    }

    @Test
    void aNonMemberOnAKnownFailingPullRequestIsRefusedAndReadsWhatIsKnown() {
        conversation.incident(ID, LANE, "network");
        conversation.failedCheck(LANE, true);

        CommandResult result = conversation.writes(OUTSIDER, "/ci-notify");

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.logEntry().notifies()).isFalse();
        assertThat(result.markdown())
                .contains("this command is only for members", "so nobody was notified", "known, `" + ID + "`")
                .contains("`/ci-notify explain`")
                .doesNotContain("nobody was notified again");
    }

    @Test
    void anExplanationNamesTheOpenIncidentFirstAndWhatWasDecided() {
        conversation.incident(ID, LANE, "network");
        conversation.failedCheck(LANE, false);
        conversation.failedCheck("pull-kubevirt-unit-test", false);
        conversation.failedChecks.set(
                1,
                conversation
                        .failedChecks
                        .get(1)
                        .with(new CommandContext.RunDecision(
                                "suppressed", "below-threshold", List.of("it is red on 1 pull request within 24 h"))));

        String explanation = conversation.writes(OUTSIDER, "/ci-notify explain").markdown();

        assertThat(explanation.lines().filter(line -> line.startsWith("- `")).toList())
                .satisfiesExactly(
                        lane -> assertThat(lane)
                                .startsWith("- `" + LANE + "` (optional): incident `" + ID + "` ")
                                .contains(", blocking; diagnosed as ")
                                .doesNotContain("if it becomes"),
                        unit -> assertThat(unit)
                                .startsWith(
                                        "- `pull-kubevirt-unit-test` (optional): no open incident; nobody was notified")
                                .contains("below-threshold", "which would not be blocking, "));
        assertThat(explanation).contains("it is red on 1 pull request within 24 h", "3 pull requests within a day");
    }

    @Test
    void aCheckThatMayBlockMergingCountsAndIsNotCalledOptional() {
        conversation.failedCheck(LANE, Need.UNKNOWN);

        assertThat(conversation.writes(OUTSIDER, "/ci-notify explain").markdown())
                .contains("- `" + LANE + "` (blocking: unknown): ", "if it becomes an incident (blocking: unknown), ")
                .doesNotContain("optional", "not be blocking");
        assertThat(conversation.writes("PR-author", "/ci-notify").markdown()).contains("1 required check is failing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LANE,
                "https://prow.example.org/view/gs/bucket/pr-logs/pull/kubevirt_kubevirt/14890/" + LANE + "/7"
            })
    void theExplanationOfAJobOrRunNamesItsOpenIncident(String subject) {
        conversation.incident(ID, LANE, "network");
        conversation.failedCheck(LANE, true);

        assertThat(conversation
                        .writes(OUTSIDER, "/ci-notify explain " + subject)
                        .markdown())
                .contains("incident `" + ID + "` ", ", blocking; ")
                .doesNotContain("if it becomes an incident");
    }

    @Test
    void theAuthorOfAPullRequestMayNotifyFromThatPullRequestOnly() {
        conversation.failedCheck(LANE, true);
        assertThat(conversation.writes("PR-author", "/ci-notify").outcome()).isEqualTo(Outcome.DONE);
        conversation.pull = false;
        assertThat(conversation.writes("pr-author", "/ci-notify prow").outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(conversation.openedIncidents).hasSize(1);
    }

    @Test
    void aClosedConversationNotifiesNobody() {
        conversation.open = false;
        assertThat(conversation.writes(MEMBER, "/ci-notify prow").markdown())
                .contains("closed, so nobody was notified");
        assertThat(conversation.openedIncidents).isEmpty();
    }

    @Test
    void theIncidentNotifiedHereIsMeant() {
        conversation.incident("aaaaaaaaaa", STORAGE, "storage");
        conversation.incident(ID, LANE, "network");
        conversation.notifiedHere = List.of(ID);

        CommandResult result = conversation.writes(MEMBER, "/ci-notify ack");

        assertThat(conversation.appliedActions).containsExactly(new IncidentAction.Acknowledge(ID, MEMBER));
        assertThat(result.markdown()).contains("incident `" + ID + "`", "acknowledged");
    }

    @Test
    void aCommandThatFitsSeveralIncidentsShowsThem() {
        conversation.incident("aaaaaaaaaa", STORAGE, "storage");
        conversation.incident(ID, LANE, "network");

        CommandResult result = conversation.writes(MEMBER, "/ci-notify resolve");

        assertThat(conversation.appliedActions).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.markdown())
                .contains("several incidents belong to this conversation", "`aaaaaaaaaa`", "`" + ID + "`");
    }

    @Test
    void anUnknownIdIsAnsweredWithTheOpenIncidents() {
        conversation.incident(ID, LANE, "network");

        CommandResult result = conversation.writes(MEMBER, "/ci-notify ack 0123456789");

        assertThat(conversation.appliedActions).isEmpty();
        assertThat(result.markdown()).contains("there is no incident 0123456789", "/ci-notify ack " + ID);
    }

    @Test
    void aSigMemberMayChangeIncidentsOfThatSigOnly() {
        conversation.incident(ID, LANE, "network");
        conversation.incident("aaaaaaaaaa", STORAGE, "storage");
        String lead = conversation
                .environment()
                .permissions()
                .sigs()
                .people("network")
                .getFirst()
                .handle();

        assertThat(conversation.writes(lead, "/ci-notify ack " + ID).outcome()).isEqualTo(Outcome.DONE);
        CommandResult refused = conversation.writes(lead, "/ci-notify ack aaaaaaaaaa");

        assertThat(conversation.appliedActions).containsExactly(new IncidentAction.Acknowledge(ID, lead));
        assertThat(refused.markdown()).contains("can change incident `aaaaaaaaaa`");
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
    void aSnoozeTimeIsParsed(String words, Instant until) {
        conversation.incident(ID, LANE, "network");

        assertThat(conversation.writes(MEMBER, "/ci-notify snooze " + words).outcome())
                .isEqualTo(Outcome.DONE);

        assertThat(conversation.appliedActions).containsExactly(new IncidentAction.Snooze(ID, MEMBER, until));
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
    void anInvalidSnoozeTimeIsRefused(String words) {
        conversation.incident(ID, LANE, "network");

        CommandResult result = conversation.writes(MEMBER, "/ci-notify snooze " + words);

        assertThat(conversation.appliedActions).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.markdown()).contains("`until monday`");
    }

    @Test
    void aRejectionByTheEngineIsAnsweredWithItsReason() {
        conversation.incident(ID, LANE, "network");
        conversation.refusal = Optional.of("it is over");

        CommandResult result = conversation.writes(MEMBER, "/ci-notify ack");

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.markdown()).contains("is unchanged: it is over");
    }

    @Test
    void aReassignmentBecomesASuggestedRule() {
        conversation.incident(ID, LANE, "network");

        conversation.writes(MEMBER, "/ci-notify reassign sig-storage");

        assertThat(conversation.appliedActions).hasSize(1);
        CommandResult result = conversation.writes(OUTSIDER, "/ci-notify suggestions");
        assertThat(result.markdown()).contains("- name: reassigned-" + LANE.replace('.', '-'), "  sig: 'storage'");
    }

    @Test
    void aWrongCauseIsStoredWithItsEvidenceAndShownAmongTheSuggestions() {
        IncidentView incident = conversation.incident(ID, LANE, "network");

        CommandResult result = conversation.writes(MEMBER, "/ci-notify wrong-cause " + ID);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(conversation.appliedActions).isEmpty();
        assertThat(conversation.feedback)
                .containsExactly(
                        DiagnosisFeedback.of(incident, DiagnosisFeedback.Kind.WRONG_CAUSE, MEMBER, conversation.now));
        assertThat(conversation.writes(OUTSIDER, "/ci-notify suggestions").markdown())
                .contains("rule named-sig: wrong cause 1, not ours 0");
    }

    @Test
    void notOursStoresAndReassignsIfItNamesAnOwner() {
        conversation.incident(ID, LANE, "network");

        conversation.writes(MEMBER, "/ci-notify not-ours " + ID);
        assertThat(conversation.appliedActions).isEmpty();

        CommandResult result = conversation.writes(MEMBER, "/ci-notify not-ours sig-storage " + ID);
        assertThat(conversation.appliedActions)
                .containsExactly(new IncidentAction.Reassign(ID, MEMBER, null, "sig-support", "storage"));
        assertThat(result.reassignments()).hasSize(1);
        assertThat(conversation.feedback)
                .extracting(DiagnosisFeedback::kind)
                .containsExactly(DiagnosisFeedback.Kind.NOT_OURS, DiagnosisFeedback.Kind.NOT_OURS);
    }

    @Test
    void notOursStoresNothingIfTheNewOwnerIsRefused() {
        conversation.incident(ID, LANE, "network");

        assertThat(conversation
                        .writes(MEMBER, "/ci-notify not-ours nobody-at-all " + ID)
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        conversation.refusal = Optional.of("it is over");
        assertThat(conversation
                        .writes(MEMBER, "/ci-notify not-ours sig-storage " + ID)
                        .outcome())
                .isEqualTo(Outcome.REFUSED);

        assertThat(conversation.feedback).isEmpty();
    }

    @Test
    void aSuspectOfAnIncidentWithoutARepositoryIsWrittenInFull() {
        conversation.incident(ID, LANE, "network");

        CommandResult without = conversation.writes(MEMBER, "/ci-notify suspect #14890 yes " + ID);
        assertThat(without.markdown()).contains("has no repository", "write it as `ORG/REPO#N`");
        assertThat(conversation.verdicts).isEmpty();

        conversation.writes(MEMBER, "/ci-notify suspect example/net#14890 yes " + ID);
        assertThat(conversation.verdicts).extracting(SuspectVerdict::suspect).containsExactly("example/net#14890");
    }

    @Test
    void onlyThePeopleOfAnIncidentSayThatItsDiagnosisIsWrong() {
        conversation.incident(ID, LANE, "network");

        conversation.writes(OUTSIDER, "/ci-notify wrong-cause " + ID);

        assertThat(conversation.feedback).isEmpty();
    }

    @Test
    void aReassignmentMayNameAMember() {
        conversation.incident(ID, LANE, "network");

        conversation.writes(MEMBER, "/ci-notify reassign @Dollierp");

        assertThat(conversation.appliedActions)
                .containsExactly(new IncidentAction.Reassign(ID, MEMBER, "dollierp", null));
        assertThat(conversation.reassignments).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "prwo, Did you mean `prow`",
        "@dhilller, Did you mean `@dhiller`",
        "'', the new owner is missing",
        "@nobody-at-all, is not an area"
    })
    void anUnknownNewOwnerIsRefused(String to, String reply) {
        conversation.incident(ID, LANE, "network");

        CommandResult result = conversation.writes(MEMBER, "/ci-notify reassign " + to);

        assertThat(conversation.appliedActions).isEmpty();
        assertThat(result.markdown()).contains(reply);
    }

    @Test
    void aDrillNotifiesOnlyItsAuthor() {
        CommandResult result = conversation.writes(MEMBER, "/ci-notify drill");

        assertThat(conversation.openedIncidents).singleElement().satisfies(call -> {
            assertThat(call.onlyRecipient()).isEqualTo(MEMBER);
            assertThat(call.title()).startsWith("DRILL");
            assertThat(call.why()).contains("no action is needed").doesNotContain("DRILL", "nothing is broken");
            assertThat(String.join(" ", call.diagnosis().trace())).doesNotContain("nothing is broken");
        });
        assertThat(result.markdown()).contains("**drill**", "Only you are notified");
    }

    /** On any GitHub server: the pull request of the comment as if it were not named. */
    @ParameterizedTest
    @ValueSource(strings = {"https://github.com", "https://github.example.com:8443"})
    void thePullRequestOfTheCommentIsExplainedByItsUrl(String server) {
        conversation.failedCheck(LANE, true);

        assertThat(conversation
                        .writes(OUTSIDER, "/ci-notify explain " + server + "/KubeVirt/kubevirt/pull/14890/files")
                        .markdown())
                .contains("the failing checks of this pull request", LANE);
        assertThat(conversation
                        .writes(OUTSIDER, "/ci-notify explain " + server + "/kubevirt/kubevirt/pull/1")
                        .markdown())
                .contains("`kubevirt/kubevirt#1` is another pull request", "`/ci-notify explain` there");
    }

    @Test
    void aRunIsExplainedByItsUrl() {
        String page = "https://prow.example.org/view/gs/bucket/pr-logs/pull/kubevirt_kubevirt/14890/" + LANE + "/7";

        assertThat(conversation.writes(OUTSIDER, "/ci-notify explain " + page).markdown())
                .contains("`" + LANE + "`", "SIG `network`", "<details><summary>Why</summary>", "rule named-sig");
        assertThat(conversation
                        .writes(OUTSIDER, "/ci-notify explain https://elsewhere.example.org/1")
                        .markdown())
                .contains("is not the URL of a run in this Prow");
    }

    @Test
    void theWhoCommandNotifiesNobody() {
        assertThat(conversation.writes(OUTSIDER, "/ci-notify who").markdown())
                .contains("`prow`: `dollierp` (Primary)", "`bare-metal`: ", ", next `")
                .doesNotContain("@dollierp", "@dhiller");
        assertThat(conversation.writes(OUTSIDER, "/ci-notify who prwo").markdown())
                .contains("`/ci-notify who prow`");
    }

    @Test
    void statusShowsIncidentsOfTheConversationFirst() {
        conversation.incident(ID, LANE, "network");
        assertThat(conversation.writes(OUTSIDER, "/ci-notify status").markdown())
                .contains("1 open here:", "`" + ID + "`");
        conversation.elsewhere().elsewhere();
        assertThat(conversation.writes(OUTSIDER, "/ci-notify status").markdown())
                .contains("no open incident affects this conversation itself", "Elsewhere in the repository:", ID);
    }

    @Test
    void helpListsEveryCommand() {
        String help = conversation.writes(OUTSIDER, "/ci-notify help").markdown();
        assertThat(CommandHelp.entries())
                .allSatisfy(entry -> assertThat(help).contains(entry.usage().replace("|", "\\|")));
    }
}
