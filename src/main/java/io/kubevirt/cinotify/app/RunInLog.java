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

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunReading;
import java.util.List;
import org.jboss.logging.MDC;

/** Puts on every line that is logged meanwhile, by whomever, of which delivery and run it speaks; in Prow's words. */
final class RunInLog implements AutoCloseable {

    private static final String DELIVERY = "event-GUID";
    private static final String EVENT = "event-type";
    private static final String ORG = "org";
    private static final String REPO = "repo";
    private static final String PULL = "pr";
    private static final String JOB = "job";

    private RunInLog() {}

    static RunInLog ofDelivery(String id) {
        MDC.put(DELIVERY, id);
        return new RunInLog();
    }

    /** Once it is read. */
    void speaksOf(String event, RunReading reading) {
        MDC.put(EVENT, event);
        if (reading instanceof RunReading.Run(JobRun run)) {
            MDC.put(JOB, run.job());
            if (run.repository() != null) {
                MDC.put(ORG, run.repository().org());
                MDC.put(REPO, run.repository().name());
            }
            if (run.pulls().size() == 1) {
                MDC.put(PULL, Integer.toString(run.pulls().getFirst().number()));
            }
        }
    }

    @Override
    public void close() {
        List.of(DELIVERY, EVENT, ORG, REPO, PULL, JOB).forEach(MDC::remove);
    }
}
