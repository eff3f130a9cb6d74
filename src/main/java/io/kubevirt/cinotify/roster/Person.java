// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

/**
 * A person as {@code sigs.yaml} names one.
 *
 * @param handle the GitHub login, as written there
 * @param name the display name; the handle where there is none
 */
public record Person(String handle, String name) {}
