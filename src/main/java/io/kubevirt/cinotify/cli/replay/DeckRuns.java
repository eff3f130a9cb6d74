// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.ProwJobReader;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.source.deck.DeckClient;
import io.kubevirt.cinotify.source.deck.DeckClient.DeckException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a deck shows once.
 *
 * @param problem why the response is incomplete; null if it is complete
 */
public record DeckRuns(
        URI deck, List<ProwJobSummary> prowJobs, @Nullable String problem) {
    private static final Pattern PAGE = Pattern.compile("/view/(gs|s3)/([^/?#]+)/");

    /** The ProwJobs before the end of an incomplete response are valid. Blocks for at most twice the timeout. */
    public static DeckRuns fetch(URI deck, Duration timeout) {
        List<ProwJobSummary> prowJobs = new ArrayList<>();
        try (DeckClient client = new DeckClient(deck, timeout)) {
            client.fetch(prowJobs::add);
            return new DeckRuns(deck, prowJobs, null);
        } catch (DeckException e) {
            return new DeckRuns(deck, prowJobs, e.getMessage());
        } catch (JournalUnavailableException e) {
            throw new IllegalStateException("a list accepts everything", e);
        }
    }

    /** The buckets in the URLs of the runs. */
    public List<Bucket> buckets() {
        return prowJobs.stream()
                .map(prowJob -> PAGE.matcher(
                        prowJob.resource().path("status").path("url").asText()))
                .filter(Matcher::find)
                .map(page -> page.group(1) + "://" + page.group(2))
                .distinct()
                .flatMap(DeckRuns::bucket)
                .toList();
    }

    private static Stream<Bucket> bucket(String name) {
        try {
            return Stream.of(Bucket.parse(name));
        } catch (IllegalArgumentException invalid) {
            return Stream.of();
        }
    }

    long unfinished() {
        return prowJobs.stream().filter(prowJob -> !prowJob.isCompleted()).count();
    }

    /** The runs that ended in a period, in replay order. */
    List<HistoryEntry> ended(RunUrlReader urls, Instant from, Instant until) {
        ProwJobReader reader = new ProwJobReader(urls);
        List<HistoryEntry> ended = new ArrayList<>();
        for (ProwJobSummary prowJob : prowJobs) {
            if (reader.read(prowJob.resource(), until) instanceof RunParseResult.Run(var run)) {
                Instant at = run.times().completed();
                if (at != null && run.isFinal() && !at.isBefore(from)) {
                    ended.add(new HistoryEntry(at, prowJob.name(), run, null));
                }
            }
        }
        ended.sort(null);
        return ended;
    }
}
