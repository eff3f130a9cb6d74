// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFamilyTest {

    @ParameterizedTest
    @CsvSource({
        "pull-e2e-k8s-1.36-sig-compute-1.9,          pull-e2e-sig-compute",
        "pull-e2e-k8s-1.34-sig-compute,              pull-e2e-sig-compute",
        "pull-e2e-k8s-1.34-sig-compute-serial,       pull-e2e-sig-compute-serial",
        "pull-e2e-kind-1.35-sig-compute-arm64-1.8,   pull-e2e-kind-sig-compute-arm64",
        "pull-e2e-kind-1.27-sriov-1.0,               pull-e2e-kind-sriov",
        "pull-e2e-kind-sriov,                        pull-e2e-kind-sriov",
        "pull-e2e-windows2016-1.4,                   pull-e2e-windows2016",
        "pull-e2e-k8s-1.34-windows2016,              pull-e2e-windows2016",
        "check-provision-k8s-1.34,                   check-provision",
        "check-provision-k8s-1.34-s390x,             check-provision-s390x",
        "check-up-kind-1.33,                         check-up-kind",
        "pull-functests-release-0.89,                pull-functests",
        "pull-marker-test-0.1.1,                     pull-marker-test",
        "periodic-k8s-1.35-performance-kwok-100,     periodic-performance-kwok-100",
        "pull-unit,                                  pull-unit",
    })
    void variantsShareAFamily(String job, String family) {
        assertThat(new JobFamily().of(job)).isEqualTo(family);
    }
}
