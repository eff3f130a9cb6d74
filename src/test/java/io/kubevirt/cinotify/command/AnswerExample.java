// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

/** What ci-notify answers to {@code /ci-notify} on a pull request with failing checks. */
public final class AnswerExample {
    private AnswerExample() {}

    public static String create() {
        DispatcherFixture conversation = new DispatcherFixture();
        conversation.failedCheck(DispatcherFixture.LANE, true);
        conversation.failedCheck("pull-kubevirt-e2e-k8s-1.35-sig-network", true);
        conversation.failedCheck("pull-kubevirt-unit-test", false);
        return conversation.writes(DispatcherFixture.TRUSTED, "/ci-notify").markdown();
    }
}
