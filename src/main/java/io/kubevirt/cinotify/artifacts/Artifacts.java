// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.Secrets;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

public sealed interface Artifacts permits HttpArtifacts, FolderArtifacts {
    /** Opens {@code maxBytes} bytes of a file of the directory of the run; reading beyond them fails. */
    FetchResult open(String name, long from, long maxBytes);

    /** Lists the files with a prefix, in folders as well; empty if the store cannot list. */
    Optional<Listing> list(String prefix);

    /** Sorted names, relative to the directory of the run; not complete if there are too many. */
    record Listing(List<String> names, boolean complete) {
        public Listing {
            names = names.stream().sorted().toList();
        }
    }

    sealed interface FetchResult {
        /** The requested part of the file; {@code total} is the size of the file, negative if unknown. */
        record Body(InputStream content, long from, long total) implements FetchResult {}

        record Missing() implements FetchResult {}

        /** The store denies access; {@code maybeMissing} if stores give the same answer for a file that does not exist. */
        record Denied(String reason, boolean maybeMissing) implements FetchResult {
            public Denied {
                reason = Secrets.censor(reason);
            }
        }

        /** The file cannot be read from this store; a retry does not help. */
        record Refused(String reason) implements FetchResult {
            public Refused {
                reason = Secrets.censor(reason);
            }
        }

        /** The store is unreachable or failing; {@code retryAfter} is zero if it asks for no delay. */
        record Unreachable(String reason, Duration retryAfter) implements FetchResult {
            public Unreachable {
                reason = Secrets.censor(reason);
            }
        }
    }
}
