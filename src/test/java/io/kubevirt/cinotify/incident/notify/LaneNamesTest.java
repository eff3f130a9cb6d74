// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.notify.ResponseRegistry.NotifierState;
import io.kubevirt.cinotify.prow.JobType;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneNamesTest {
    private static final GroupKey LANE = new GroupKey("example/thing", JobType.PRESUBMIT, "pull-thing-e2e-sig-network");

    @Test
    void aSecondIncidentOfALaneIsNamedWithItsFailureClass() {
        assertThat(name(LANE)).isEqualTo("sig-network e2e");
        assertThat(name(LANE.ofClass(FailureClass.parse("build")))).isEqualTo("sig-network e2e build");
        assertThat(name(LANE.ofClass(FailureClass.parse("infrastructure cache-lost"))))
                .isEqualTo("sig-network e2e infrastructure cache-lost");
    }

    /** Otherwise the longer name would show that there is a private one. */
    @Test
    void onlyAnIncidentThatCountsTakesAName() {
        LaneIncident other = incident(new GroupKey("example/other", JobType.PRESUBMIT, "pull-other-e2e-sig-network"));
        ResponseState taken = new ResponseRegistry(new NotifierState(), List.of()).to(other);
        taken.name("sig-network e2e");

        assertThat(new LaneNames(List.of()).unique(incident(LANE), List.of(taken), counted -> true))
                .isEqualTo("example/thing sig-network e2e");
        assertThat(new LaneNames(List.of()).unique(incident(LANE), List.of(taken), counted -> false))
                .isEqualTo("sig-network e2e");
    }

    private static String name(GroupKey key) {
        return new LaneNames(List.of()).unique(incident(key), List.of(), counted -> true);
    }

    private static LaneIncident incident(GroupKey key) {
        return new LaneIncident("1", key, Examples.NOON, Examples.diagnosis());
    }
}
