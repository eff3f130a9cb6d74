// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunParseResult;
import java.util.List;
import org.jboss.logging.MDC;

/** Adds delivery and run to each line logged by this thread, with Prow's keys. */
final class RunLogContext implements AutoCloseable {

    private static final String DELIVERY = "event-GUID";
    private static final String EVENT = "event-type";
    private static final String ORG = "org";
    private static final String REPO = "repo";
    private static final String PULL = "pr";
    private static final String JOB = "job";

    private RunLogContext() {}

    static RunLogContext forDelivery(String id) {
        MDC.put(DELIVERY, id);
        return new RunLogContext();
    }

    void setRun(String event, RunParseResult result) {
        MDC.put(EVENT, event);
        if (result instanceof RunParseResult.Run(JobRun run)) {
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
