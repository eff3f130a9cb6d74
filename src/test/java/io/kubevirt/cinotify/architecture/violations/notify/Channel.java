// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.notify;

/** Stands for the port of channels. */
public interface Channel {

    String post(String message);
}
