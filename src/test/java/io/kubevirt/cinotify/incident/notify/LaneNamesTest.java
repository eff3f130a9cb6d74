// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
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

    private static String name(GroupKey key) {
        return new LaneNames(List.of())
                .unique(new LaneIncident("1", key, Examples.NOON, Examples.diagnosis()), List.of());
    }
}
