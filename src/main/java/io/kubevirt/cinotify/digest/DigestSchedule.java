// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.prow.Repository;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The digests that are sent.
 *
 * @param zone the zone in which days are printed
 */
public record DigestSchedule(ZoneId zone, List<Entry> entries) {
    public static final DigestSchedule NONE = new DigestSchedule(ZoneOffset.UTC, List.of());

    /** Copies the list. */
    public DigestSchedule {
        entries = List.copyOf(entries);
    }

    /** A recurring digest. */
    public record Entry(Subject subject, Meeting meeting, List<DigestConfig.Destination> to) {
        /** Copies the list. */
        public Entry {
            to = List.copyOf(to);
        }
    }

    /** The content of a digest. */
    public sealed interface Subject {
        /** The state of CI. */
        record Taskforce() implements Subject {}

        /** The open issues. */
        record Grooming(List<Repository> repositories, List<GroomingLabel> labels, String triage) implements Subject {
            /** Copies the lists. */
            public Grooming {
                repositories = List.copyOf(repositories);
                labels = List.copyOf(labels);
            }
        }

        /** The state of CI for one SIG. */
        record Sig(String sig) implements Subject {}
    }
}
