// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.OutageIncident.Scope;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The extent of an outage in words. */
class NotificationTextTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1 lane so far",
        "21, 0, 21 lanes so far",
        "1, 1, 1 lane on 1 pull request so far",
        "3, 2, 3 lanes on 2 pull requests so far"
    })
    void anOutageNamesOnlyWhatItAffects(int lanes, int pulls, String extent) {
        OutageIncident outage = new OutageIncident(
                "0123456789",
                NOON,
                new Diagnosis(
                        Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, "operations", Confidence.HIGH, "outage", List.of()),
                "east");
        outage.recur(Set.of(Scope.cluster("east")), NOON);
        for (int run = 0; run < Math.max(lanes, pulls); run++) {
            int pull = pulls == 0 ? 0 : 1 + run % pulls;
            outage.addRun(run(run, "job-" + run % lanes, pull));
        }

        assertThat(NotificationText.opened(outage))
                .startsWith("outage of cluster east: ")
                .endsWith("; " + extent);
    }

    private static RunRecord run(int number, String job, int pull) {
        return RunRecord.of(new RunRecord.Document(
                number,
                NOON,
                "run " + number,
                new GroupKey("example/thing", JobType.PERIODIC, job),
                job,
                pull,
                "main",
                null,
                "east",
                JobState.ERROR,
                null));
    }
}
