// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.app;

import io.quarkus.runtime.LaunchMode;
import jakarta.inject.Inject;
import picocli.CommandLine;

/** Field injection, the launch mode, the command line outside of cli, and too many parameters. */
final class Wiring {

    @Inject
    CommandLine commandLine;

    Wiring(int one, int two, int three, int four, int five, int six) {}

    static boolean isTest() {
        return LaunchMode.current() == LaunchMode.TEST;
    }
}
