/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app;

import io.quarkus.scheduler.Scheduled;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Gives the lines of the log their form, before anything of the plugin logs. */
@ApplicationScoped
public class LogLines {

    private final boolean json;
    private final Censor censor;

    LogLines(Deployment deployment) {
        this.json = deployment.logFormat().equals("json");
        this.censor = new Censor(deployment.secretFiles().orElse(List.of()));
    }

    /** The router is the first that is there once the options of the command line are. */
    void install(@Observes @Priority(1) Router router) {
        handlers(LogContext.getLogContext().getLogger("").getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .forEach(handler -> handler.setFormatter(
                        json
                                ? new JsonLogFormatter(censor)
                                : new Censored((ExtFormatter) handler.getFormatter(), censor)));
    }

    /** Quarkus hangs its handlers below one that waits for them. */
    private static Stream<Handler> handlers(Handler[] handlers) {
        return Stream.of(handlers)
                .flatMap(handler -> Stream.concat(
                        Stream.of(handler),
                        handler instanceof ExtHandler parent ? handlers(parent.getHandlers()) : Stream.empty()));
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refreshSecrets() {
        censor.refresh();
    }

    /** Lines for people. */
    private static final class Censored extends ExtFormatter {

        private final ExtFormatter plain;
        private final Censor censor;

        Censored(ExtFormatter plain, Censor censor) {
            this.plain = plain;
            this.censor = censor;
        }

        @Override
        public String format(ExtLogRecord line) {
            return censor.apply(plain.format(line));
        }
    }
}
