// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import picocli.CommandLine.Command;

/** Messages that were given up. */
@Command(
        name = "outbox",
        description = "Messages that were given up, and how they are said after all. The plugin may be running.",
        mixinStandardHelpOptions = true,
        subcommands = {OutboxListCommand.class, OutboxRetryCommand.class})
final class OutboxCommand {}
