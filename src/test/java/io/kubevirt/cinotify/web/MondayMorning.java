// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentTimeline;
import io.kubevirt.cinotify.incident.IncidentTimeline.Kind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.RunExtent;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.store.DeliveryTable;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.RunOutcomeTable.Outcome;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.TestTable.FailedTest;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.suspect.MergedPull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store as it is on a Monday morning: some incidents in every state, two weeks of runs, one private repository. */
final class MondayMorning {
    static final Instant NOW = Instant.parse("2026-11-30T10:04:31Z");
    /** In every field of the private incident; must be in no public answer. */
    static final String CANARY = "canary-7f3a";

    static final String NETWORK = "1e38a0c2f4";
    static final String PRIVATE = "cafe00beef";
    static final String HOSTILE = "ab5c0ffee1";
    static final int MERGED = 19_150;
    private static final String REPOSITORY = "kubevirt/kubevirt";
    static final String LANE = "pull-kubevirt-e2e-k8s-1.34-sig-network";
    private static final int DAYS = 14;
    private static final int BUILD = 1_000;

    private final Transaction transaction;

    private MondayMorning(Transaction transaction) {
        this.transaction = transaction;
    }

    static void fill(Store store) {
        fill(store, true);
    }

    /** @param hostile also what tries to break pages, and what is private; not for pictures */
    static void fill(Store store, boolean hostile) {
        store.inTransaction(transaction -> {
            MondayMorning morning = new MondayMorning(transaction);
            morning.incidents();
            if (hostile) {
                morning.hostile();
            } else {
                morning.moreRuns();
            }
            morning.runs();
            morning.deliveries();
            morning.bumps();
            return true;
        });
    }

    private void deliveries() {
        for (int index = 0; index < 60; index++) {
            Instant at = NOW.minus(Duration.ofHours(2L * index));
            String id = "seen-" + index;
            DeliveryTable deliveries = transaction.deliveries();
            deliveries.insert(new JournalEntry(id, "status", at, new byte[0], 0));
            String reason = List.of(
                            "success", "success", "below-threshold", "flake", "joined-open-incident", "notified")
                    .get(index % 6);
            if (reason.equals("notified")) {
                deliveries.notified(id, "m" + index, List.of(), at);
            } else {
                deliveries.suppressed(id, reason, List.of(), at);
            }
        }
    }

    private void bumps() {
        Repository repository = Repository.of("kubevirt/project-infra");
        TrackedBump.Check red = new TrackedBump.Check(TrackedBump.Check.State.FAILURE, ago("PT2H"), 2, null);
        TrackedBump.Check green = new TrackedBump.Check(TrackedBump.Check.State.SUCCESS, ago("PT2H"), 0, null);
        String page = "https://github.com/kubevirt/project-infra/pull/";
        transaction
                .bumps()
                .save(new TrackedBump(
                        repository,
                        5_120,
                        "prow-bump",
                        "Bump prow to v20261129",
                        page + 5_120,
                        "a1",
                        ago("PT31H"),
                        ago("PT31H"),
                        null,
                        Map.of("pull-project-infra-prow-deploy-test", green),
                        null,
                        null,
                        null));
        transaction
                .bumps()
                .save(new TrackedBump(
                        repository,
                        5_124,
                        "job-config-automation",
                        "Update the jobs of kubevirt",
                        page + 5_124,
                        "b2",
                        ago("PT6H"),
                        ago("PT5H"),
                        null,
                        Map.of("pull-project-infra-test", red),
                        null,
                        null,
                        null));
        transaction
                .bumps()
                .save(new TrackedBump(
                        repository,
                        5_111,
                        "prow-bump",
                        "Bump prow to v20261122",
                        page + 5_111,
                        "c3",
                        ago("P8D"),
                        ago("P8D"),
                        null,
                        Map.of("pull-project-infra-prow-deploy-test", green),
                        ago("P7D"),
                        "d4",
                        green));
    }

    private static Instant ago(String duration) {
        return NOW.minus(Duration.parse(duration));
    }

    private void incidents() {
        Incident network = new Incident(
                NETWORK, IncidentKind.LANE, REPOSITORY + " pull-kubevirt-e2e-sig-network", true, "PT2H23M");
        save(
                network.with(List.of(LANE, "pull-kubevirt-e2e-k8s-1.35-sig-network"), 5)
                        .why(LANE + " is red on 5 pull requests within 24 h, 62 % of 13 finished runs")
                        .assignee("dhiller", "sig-support", "network"),
                ago("PT2H"),
                null,
                null);
        timeline(NETWORK);
        save(
                new Incident("2b00000001", IncidentKind.OUTAGE, "prow-workloads", true, "PT52M")
                        .with(List.of("image-pulls", "cluster-up"), 14)
                        .why("9 lanes on 14 pull requests fail with: registry answers 502")
                        .assignee("enp0s3", "operations", Diagnosis.NO_SIG),
                ago("PT45M"),
                "enp0s3",
                null);
        save(
                new Incident(
                                "3c00000001",
                                IncidentKind.LANE,
                                REPOSITORY + " periodic-kubevirt-e2e-kind-sriov",
                                false,
                                "PT9H")
                        .with(List.of("periodic-kubevirt-e2e-kind-sriov"), 0)
                        .why("failed 3 times in a row")
                        .assignee("dollierp", "bare-metal", "network"),
                null,
                null,
                "PT14H");
        save(
                new Incident("4d00000001", IncidentKind.BUMP, "kubevirt/project-infra#5120 (prow-bump)", false, "PT31H")
                        .with(List.of(), 1)
                        .why("green for 31 h, usually merged within 9 h")
                        .assignee("dhiller", "prow", Diagnosis.NO_SIG),
                ago("PT20H"),
                "dhiller",
                null);
        for (int index = 0; index < 7; index++) {
            resolved(index);
        }
    }

    private void hostile() {
        save(
                new Incident(
                                HOSTILE,
                                IncidentKind.LANE,
                                REPOSITORY + " <script>alert(1)</script>\u202e",
                                false,
                                "PT72H")
                        .with(List.of("\"><img src=x onerror=alert(2)>"), 3)
                        .why("javascript:alert(3) <b>bold</b> & more")
                        .assignee("iholder101", "sig-support", "compute"),
                ago("PT70H"),
                "iholder101",
                null);
        saveHidden();
        merge(REPOSITORY, "<script>alert(4)</script>");
        merge("secret/" + CANARY, CANARY);
        for (int day = 0; day < DAYS; day++) {
            run("pull-" + CANARY, day, 1, true, "secret/" + CANARY, Visibility.PRIVATE);
        }
    }

    private void merge(String repository, String title) {
        transaction
                .merges()
                .save(new MergedPull(
                        repository, "main", "c0ffee", MERGED, title, title, ago("PT3H"), List.of(), true, null));
    }

    private void moreRuns() {
        for (int day = 0; day < DAYS; day++) {
            for (int number = 0; number < 8; number++) {
                run(
                        "periodic-kubevirt-e2e-kind-sriov",
                        day,
                        number,
                        day < 3 && number > 4 || day == 8 && number == 1,
                        REPOSITORY,
                        Visibility.PUBLIC);
                run(
                        "image-pulls",
                        day,
                        number,
                        day == 0 && number > 1 || day == 1 && number > 6,
                        REPOSITORY,
                        Visibility.PUBLIC);
                run(
                        "pull-kubevirt-e2e-k8s-1.35-sig-compute",
                        day,
                        number,
                        day % 5 == 2 && number == 0,
                        REPOSITORY,
                        Visibility.PUBLIC);
                run(
                        "pull-kubevirt-e2e-k8s-1.35-sig-storage",
                        day,
                        number,
                        day == 5 && number < 3,
                        REPOSITORY,
                        Visibility.PUBLIC);
                run("pull-kubevirt-e2e-k8s-1.35-sig-operator", day, number, false, REPOSITORY, Visibility.PUBLIC);
                run("pull-kubevirt-goveralls", day, number, day == 9 && number < 5, REPOSITORY, Visibility.PUBLIC);
            }
        }
    }

    private void saveHidden() {
        save(
                new Incident(PRIVATE, IncidentKind.LANE, "secret/" + CANARY + " pull-" + CANARY, true, "PT1H")
                        .with(List.of(CANARY), 77)
                        .why(CANARY)
                        .assignee(CANARY, CANARY, CANARY),
                ago("PT1H"),
                CANARY,
                null);
        transaction.visibility().set(PRIVATE, Visibility.PRIVATE);
        transaction
                .incidentEvents()
                .add(List.of(new IncidentTimeline.Entry(PRIVATE, ago("PT1H"), Kind.OPENED, CANARY, null, CANARY)));
    }

    private void resolved(int index) {
        IncidentView open = new Incident(
                        "5e0000000" + index,
                        IncidentKind.LANE,
                        REPOSITORY + " pull-kubevirt-unit-" + index,
                        false,
                        "P3D")
                .with(List.of("pull-kubevirt-unit-" + index), 3)
                .why("red on 3 pull requests within 24 h")
                .assignee("dhiller", "sig-support", "compute")
                .view(ago("P3D"), "dhiller", null);
        IncidentView over = new IncidentView(
                open.id(),
                open.kind(),
                open.title(),
                IncidentState.RESOLVED,
                open.diagnosis(),
                false,
                open.lanes(),
                open.openedAt(),
                ago("PT" + (24 + index) + "H"),
                4,
                open.pulls(),
                null,
                open.why(),
                "dhiller",
                "dhiller",
                null,
                open.latest(),
                null,
                null,
                "green on 2 pull requests",
                open.notifiedAt(),
                null,
                null,
                null,
                null);
        transaction.incidents().save(over, null, ago("P3D"));
        transaction.visibility().set(over.id(), Visibility.PUBLIC);
    }

    private void save(
            Incident incident, @Nullable Instant notified, @Nullable String acknowledgedBy, @Nullable String waits) {
        IncidentView view =
                incident.view(notified, acknowledgedBy, waits == null ? null : NOW.plus(Duration.parse(waits)));
        transaction.incidents().save(view, null, ago("PT35M"));
        transaction.visibility().set(view.id(), Visibility.PUBLIC);
    }

    private void timeline(String id) {
        transaction
                .incidentEvents()
                .add(List.of(
                        new IncidentTimeline.Entry(
                                id, ago("PT2H23M"), Kind.OPENED, null, null, "the third pull request failed"),
                        new IncidentTimeline.Entry(
                                id, ago("PT2H"), Kind.NOTIFIED, "dhiller", "m1", "primary of sig-support"),
                        new IncidentTimeline.Entry(id, ago("PT1H"), Kind.DIAGNOSED, null, null, "test, SIG network"),
                        new IncidentTimeline.Entry(id, ago("PT6M"), Kind.WORSE, null, null, "also fails: k8s-1.35")));
    }

    private void runs() {
        for (int day = DAYS - 1; day >= 0; day--) {
            for (int number = 0; number < 8; number++) {
                boolean red = day == 0 && number > 2 || day == 1 && number > 5 || day == 6 && number == 0;
                run(LANE, day, number, red, REPOSITORY, Visibility.PUBLIC);
                run(
                        "pull-kubevirt-e2e-k8s-1.35-sig-network",
                        day,
                        number,
                        day == 0 && number > 3,
                        REPOSITORY,
                        Visibility.PUBLIC);
                run("pull-kubevirt-unit-0", day, number, day == 3 && number < 3, REPOSITORY, Visibility.PUBLIC);
            }
        }
    }

    private void run(String job, int day, int number, boolean red, String repository, Visibility visibility) {
        Instant ended = ago("PT" + (24 * day + 1) + "H").minus(Duration.ofMinutes(number));
        String build = String.valueOf(BUILD + day * 10 + number) + Math.abs(job.hashCode() % 1000);
        int pull = 19_200 + number;
        JobRun run = JobRun.builder(job, JobType.PRESUBMIT, red ? JobState.FAILURE : JobState.SUCCESS)
                .repository(Repository.of(repository))
                .pulls(List.of(Pull.numbered(pull)))
                .description(red ? "Job failed." : "Job succeeded.")
                .build(
                        build,
                        "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/" + repository.replace('/', '_')
                                + "/" + pull + "/" + job + "/" + build)
                .times(new JobRun.RunTimes(ended.minusSeconds(3_000), ended.minusSeconds(2_900), ended))
                .build();
        transaction.runs(NOW).advance(run, visibility);
        if (red && (job.contains("sig-") || job.contains(CANARY))) {
            transaction.tests().add(run, ended, failedTests(job, number), 1 + number % 2);
        }
        if (red) {
            outcome(run, job, day);
        }
    }

    private static List<FailedTest> failedTests(String job, int number) {
        FailedTest migration = new FailedTest(
                "[sig-network] <b>VMI</b> should migrate with a bridge", "network", true, number % 3 == 0);
        FailedTest own = job.contains(CANARY)
                ? new FailedTest("should hide " + CANARY, CANARY, false, false)
                : new FailedTest("[sig-network] Services should reach a VMI by its name", "network", false, true);
        return number % 2 == 0 ? List.of(own) : List.of(own, migration);
    }

    private void outcome(JobRun run, String job, int day) {
        boolean network = job.contains("sig-network") && day == 0;
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST,
                "network",
                "sig-support",
                Confidence.MEDIUM,
                "named-sig",
                List.of("rule named-sig: named after the SIG"));
        transaction
                .runOutcomes(NOW)
                .add(
                        run,
                        diagnosis,
                        new Outcome(
                                "d-" + run.buildId(),
                                network ? "notified" : "suppressed",
                                network ? null : "below-threshold",
                                network ? "m1" : null,
                                List.of("red on 2 pull requests within 12 h, 3 are needed")));
        if (network) {
            transaction
                    .runOutcomes(NOW)
                    .join(java.util.Map.of(io.kubevirt.cinotify.incident.ObservedRun.idOf(run), NETWORK));
        }
    }

    /** What incidents have in common here. */
    private record Incident(
            String id,
            IncidentKind kind,
            String title,
            boolean blocking,
            String age,
            List<String> lanes,
            int pulls,
            String why,
            String assignee,
            String area,
            String sig) {
        Incident(String id, IncidentKind kind, String title, boolean blocking, String age) {
            this(id, kind, title, blocking, age, List.of(), 0, "", "", "", "");
        }

        Incident with(List<String> newLanes, int newPulls) {
            return new Incident(id, kind, title, blocking, age, newLanes, newPulls, why, assignee, area, sig);
        }

        Incident why(String reason) {
            return new Incident(id, kind, title, blocking, age, lanes, pulls, reason, assignee, area, sig);
        }

        Incident assignee(String handle, String newArea, String newSig) {
            return new Incident(id, kind, title, blocking, age, lanes, pulls, why, handle, newArea, newSig);
        }

        IncidentView view(@Nullable Instant notified, @Nullable String acknowledgedBy, @Nullable Instant waits) {
            List<Integer> numbers = java.util.stream.IntStream.range(0, pulls)
                    .mapToObj(pull -> 19_200 + pull)
                    .toList();
            Symptoms symptoms = new Symptoms(
                    "s",
                    List.of(
                            "tests/network/networkpolicy.go:112",
                            "Timed out after 180.001s.",
                            "dial tcp 10.244.0.17:80: i/o timeout"),
                    null,
                    List.of("[sig-network] NetworkPolicy when three VMs serve HTTP on port 80 should allow traffic"),
                    1,
                    null);
            Diagnosis diagnosis = new Diagnosis(
                    Cause.TEST,
                    sig,
                    area,
                    Confidence.MEDIUM,
                    "named-sig",
                    List.of("rule named-sig: named after the SIG"));
            return new IncidentView(
                    id,
                    kind,
                    title,
                    IncidentState.OPEN,
                    id.equals(NETWORK) || id.equals(HOSTILE) ? diagnosis.with(symptoms) : diagnosis,
                    blocking,
                    lanes,
                    ago(age),
                    null,
                    13,
                    numbers,
                    null,
                    why,
                    assignee,
                    acknowledgedBy,
                    null,
                    new FailedRun(
                            REPOSITORY,
                            lanes.isEmpty() ? "job" : lanes.getFirst(),
                            JobType.PRESUBMIT,
                            19_200,
                            "1",
                            null,
                            "Job failed.",
                            ago("PT6M"),
                            false),
                    null,
                    ago(age),
                    null,
                    notified,
                    waits,
                    null,
                    kind == IncidentKind.LANE ? new RunExtent(21, ago("PT3H"), "++-+--+---") : null,
                    notified == null
                            ? null
                            : new Assignment(
                                    Level.PRIMARY,
                                    null,
                                    NOW.plus(Duration.ofHours(6)),
                                    List.of("primary of " + area + ", at work"),
                                    null));
        }
    }
}
