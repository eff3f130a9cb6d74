// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines are not logged, and secrets in the others. */
class LogSetupTest {
    private static final String SCHEDULER = "io.quarkus.scheduler.common.runtime.StatusEmitterInvoker";

    @Test
    void aScheduleThatFailsBecauseOfTheStoreIsNotLoggedEachTime(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        StoreUnavailable failure =
                catchThrowableOfType(StoreUnavailable.class, () -> Database.embedded(file, Duration.ofSeconds(1)));

        assertThat(isDropped(SCHEDULER, new CompletionException(failure))).isTrue();
        assertThat(isDropped(SCHEDULER, new IllegalStateException("a defect"))).isFalse();
        assertThat(isDropped("io.kubevirt.cinotify.engine.EventLoop", failure)).isFalse();
    }

    @Test
    void aSecretIsCensoredInALineOfText() {
        Secrets.add("xoxb-67890-fghij");
        ExtLogRecord line = new ExtLogRecord(org.jboss.logmanager.Level.WARN, "401 for xoxb-67890-fghij", "");

        assertThat(new LogSetup.CensoringFormatter(new PatternFormatter("%m")).format(line))
                .isEqualTo("401 for [secret]");
    }

    private static boolean isDropped(String logger, Throwable thrown) {
        LogRecord line = new LogRecord(Level.SEVERE, "Error occurred while executing task");
        line.setLoggerName(logger);
        line.setThrown(thrown);
        return LogSetup.isScheduleWithoutStore(line);
    }
}
