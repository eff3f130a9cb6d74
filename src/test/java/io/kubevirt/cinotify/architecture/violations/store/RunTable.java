// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.store;

import io.kubevirt.cinotify.architecture.violations.prow.ImpureRun;

/** Uses the package that uses it. */
public final class RunTable {

    String write(ImpureRun run) {
        return run.toString();
    }
}
