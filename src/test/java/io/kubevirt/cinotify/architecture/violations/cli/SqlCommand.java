// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.cli;

import java.sql.Connection;

/** SQL outside of store. */
final class SqlCommand {

    private SqlCommand() {}

    static String run(Connection connection) {
        return connection.toString();
    }
}
