// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Forgets the secrets that test classes before have read, so that none is censored in the texts of this one. Registered for all
 * classes; those that run side by side share their secrets.
 */
public final class ForgetSecrets implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        boolean outermost =
                context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
        if (outermost && context.getExecutionMode() == ExecutionMode.SAME_THREAD) {
            Secrets.forgetAll();
        }
    }
}
