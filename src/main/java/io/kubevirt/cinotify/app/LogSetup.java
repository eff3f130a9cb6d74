// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Sets the log format, before anything of the plugin logs. */
@ApplicationScoped
public class LogSetup {
    private final boolean json;

    LogSetup(ServeConfig serveConfig) {
        this.json = serveConfig.logFormat().equals("json");
    }

    /** The router is the first thing that Quarkus creates after the command-line options are set. */
    void install(@Observes @Priority(1) Router router) {
        handlers(LogContext.getLogContext().getLogger("").getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .forEach(handler -> {
                    handler.setFormatter(
                            json
                                    ? new JsonLogFormatter()
                                    : new CensoringFormatter((ExtFormatter) handler.getFormatter()));
                    handler.setFilter(line -> !isScheduleWithoutStore(line));
                });
    }

    /** Schedules fail again each time while the store does not work, and at shutdown. The workers report it once. */
    static boolean isScheduleWithoutStore(LogRecord line) {
        boolean ofStore = false;
        for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
            ofStore |= cause instanceof StoreUnavailable;
        }
        return ofStore && String.valueOf(line.getLoggerName()).startsWith("io.quarkus.scheduler.");
    }

    /** Quarkus nests its handlers below a delayed one. */
    private static Stream<Handler> handlers(Handler[] handlers) {
        return Stream.of(handlers)
                .flatMap(handler -> Stream.concat(
                        Stream.of(handler),
                        handler instanceof ExtHandler parent ? handlers(parent.getHandlers()) : Stream.empty()));
    }

    static final class CensoringFormatter extends ExtFormatter {
        private final ExtFormatter plain;

        CensoringFormatter(ExtFormatter plain) {
            this.plain = plain;
        }

        @Override
        public String format(ExtLogRecord line) {
            return Secrets.censor(plain.format(line));
        }
    }
}
