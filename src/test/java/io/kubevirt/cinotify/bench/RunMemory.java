// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Prints what the incident engine keeps in memory for each finished run of the last day: {@code RunMemory FEW MANY}. */
final class RunMemory {

    private static final int JOBS = 300;
    private static final int JOBS_OF_A_COMMIT = 25;
    private static final long FIRST_BUILD = 2_036_809_261_173_968_898L;
    private static final PrintStream OUT = System.out;

    private RunMemory() {}

    public static void main(String[] arguments) throws Exception {
        EngineConfig config = new ConfigLoader(Path.of("config"), null).load().incidentRules();
        engine(config, 1_000);
        int few = Integer.parseInt(arguments[0]);
        int many = Integer.parseInt(arguments[1]);
        long ofFew = bytes(config, few);
        long ofMany = bytes(config, many);
        OUT.printf(
                "incident engine: %,d KB with %,d runs, %,d KB with %,d: %d bytes for each further run%n",
                ofFew / 1_000, few, ofMany / 1_000, many, (ofMany - ofFew) / (many - few));
    }

    private static long bytes(EngineConfig config, int runs) throws InterruptedException {
        long before = used();
        IncidentEngine engine = engine(config, runs);
        long after = used();
        Reference.reachabilityFence(engine);
        return after - before;
    }

    /** All of the same day: of commits with several jobs each, every tenth of a periodic; a fifth failed. */
    private static IncidentEngine engine(EngineConfig config, int runs) {
        IncidentEngine engine = IncidentEngine.fresh(config);
        Random random = new Random(1);
        Instant begin = Examples.NOON;
        Duration between = Duration.ofHours(23).dividedBy(runs);
        for (int number = 0; number < runs; number++) {
            Instant ended = begin.plus(between.multipliedBy(number));
            JobRun run = run(random, number, ended);
            engine.apply(
                    new ObservedRun(
                            ObservedRun.idOf(run),
                            new DiagnosedRun(
                                    run,
                                    run.state().isRed() ? Examples.diagnosis() : null,
                                    true,
                                    DiagnosedRun.Origin.ORDINARY,
                                    false),
                            ObservedRun.JobThresholds.NONE),
                    ended);
        }
        return engine;
    }

    private static JobRun run(Random random, int number, Instant ended) {
        boolean periodic = number % 10 == 0;
        int commit = number / JOBS_OF_A_COMMIT;
        String job = (periodic ? "periodic-kubevirt-e2e-" : "pull-kubevirt-e2e-k8s-1.36-sig-")
                + (commit * 7 + number % JOBS_OF_A_COMMIT) % JOBS;
        return JobRun.builder(
                        job,
                        periodic ? JobType.PERIODIC : JobType.PRESUBMIT,
                        random.nextInt(5) == 0 ? JobState.FAILURE : JobState.SUCCESS)
                .repository(Repository.of("kubevirt/kubevirt"))
                .baseRef("main")
                .pulls(periodic ? List.of() : List.of(new Pull(10_000 + commit % 400, "author", sha(commit))))
                .cluster(commit % 3 == 0 ? null : "prow-workloads")
                .build(Long.toString(FIRST_BUILD + number * 4_194_304L), null)
                .times(new RunTimes(ended.minusSeconds(60), null, ended))
                .build();
    }

    private static String sha(int commit) {
        return "%040x".formatted(commit * 0x9E3779B97F4AL);
    }

    private static long used() throws InterruptedException {
        for (int round = 0; round < 4; round++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
