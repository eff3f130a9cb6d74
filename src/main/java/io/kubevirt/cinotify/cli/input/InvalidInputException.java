// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

/** Input that cannot be used; the message is for users. */
public final class InvalidInputException extends Exception {
    public InvalidInputException(String sentence) {
        super(sentence);
    }
}
