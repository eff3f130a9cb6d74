// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.VisibilityTable;
import java.util.Locale;
import java.util.function.Supplier;

/** What the log and the health pages name: {@link Audience#PUBLIC} reads them, so what is not public has no name there. */
public record PublicNames(Store store, Supplier<Config> config) {
    /** Whether a repository may be named; not while the store cannot be asked. */
    public boolean isPublic(Repository repository) {
        try {
            return store.read(transaction -> new VisibilityResolver(config.get(), transaction).ofRepository(repository))
                    == Visibility.PUBLIC;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    /**
     * A sentence on a failed request. What GitHub answered names the repository, too.
     *
     * @param problem without names
     * @param subject with names
     */
    public String failure(String problem, Object subject, Repository repository, GitHubException failure) {
        return isPublic(repository)
                ? problem + " of " + subject + ": " + failure.explanation()
                : problem + " of a repository that is not public: "
                        + failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether everybody may see a run, which need not be stored. */
    boolean isPublic(JobRun run) {
        try {
            return run.visibility() != Visibility.PRIVATE
                    && store.read(transaction -> {
                                VisibilityTable.Known known =
                                        transaction.visibility().known(run);
                                return config.get().visibility(run, known.repository(), known.job());
                            })
                            == Visibility.PUBLIC;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    /** The id of a run, if everybody may see the run. */
    String ofRun(String run) {
        try {
            return store.read(transaction -> transaction.visibility().isPublic(run)) ? run : "a run that is not public";
        } catch (StoreUnavailable e) {
            return "a run";
        }
    }
}
