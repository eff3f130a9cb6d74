// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.prow;

import io.kubevirt.cinotify.architecture.violations.store.RunTable;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.regex.Pattern;

/** The core with I/O, a client of its own, a clock, a backtracking pattern, a thread, output, an open field, and a dependency upwards. */
public final class ImpureRun {

    String state = "";
    final RunTable table = new RunTable();
    final URI address = URI.create("https://example.org");
    final HttpClient client = HttpClient.newHttpClient();
    final Pattern pattern = Pattern.compile("a*");

    Instant now() throws InterruptedException {
        Thread.sleep(1L);
        System.out.println(state);
        return Instant.now();
    }
}
