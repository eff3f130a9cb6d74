// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.incident.detect;

import io.kubevirt.cinotify.architecture.violations.incident.notify.Response;

/** Detection that looks at who was notified. */
final class Detector {

    private Detector() {}

    static Response response() {
        return new Response();
    }
}
