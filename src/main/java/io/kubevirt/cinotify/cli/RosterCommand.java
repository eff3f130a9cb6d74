// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import picocli.CommandLine.Command;

/** Who is responsible. */
@Command(
        name = "roster",
        description = "Who is responsible, and what is doubtful about the roster.",
        mixinStandardHelpOptions = true,
        subcommands = {RosterShowCommand.class, RosterCheckCommand.class})
final class RosterCommand {}
