// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneNameTest {

    @ParameterizedTest
    @CsvSource({
        "kubevirt/kubevirt, pull-kubevirt-e2e-k8s-1.34-sig-network, sig-network e2e",
        "kubevirt/kubevirt, pull-kubevirt-e2e-sig-compute-migrations, sig-compute-migrations e2e",
        "kubevirt/kubevirt, periodic-kubevirt-e2e-kind-1.35-vgpu, vgpu e2e",
        "kubevirt/kubevirt, pull-kubevirt-e2e-k8s-1.30-sig-storage-1.3, sig-storage e2e",
        "kubevirt/kubevirt, pull-kubevirt-unit-test-arm64, unit-test-arm64",
        "kubevirt/containerized-data-importer, pull-containerized-data-importer-e2e-destructive, destructive e2e",
        "kubernetes/kubernetes, ci-kubernetes-e2e-gci-gce, gci-gce e2e",
        "istio/istio, unit-tests_istio, unit-tests_istio",
        "kubevirt/kubevirt, pull-kubevirt, kubevirt",
        "-, periodic-livez, livez"
    })
    void aNameHasNeitherTypeNorRepositoryNorVersion(String repository, String job, String name) {
        assertThat(LaneName.of(repository, job)).isEqualTo(name);
    }

    @Test
    void versionsAreListedOnce() {
        assertThat(LaneName.versions(List.of("pull-k8s-1.34-net", "pull-k8s-1.33-net", "pull-kind-1.35-net", "x")))
                .isEqualTo("k8s 1.33, 1.34, kind 1.35");
        assertThat(LaneName.versions(List.of("pull-e2e-1.4"))).isEqualTo("release 1.4");
        assertThat(LaneName.versions(List.of("livez"))).isEmpty();
    }
}
