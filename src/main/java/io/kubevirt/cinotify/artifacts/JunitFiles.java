// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.Artifacts.FetchResult;
import io.kubevirt.cinotify.artifacts.Artifacts.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The names of the JUnit files of a run: as listed, or else as configured. If the list is not complete, there may be more.
 */
record JunitFiles(List<String> names, boolean isListed, boolean complete) {
    static final int HEAD_BYTES = 4 << 10;
    private static final int MOST_HEADS = 1_000;

    /** The lenses of Deck differ, but not in this: anywhere below the folder, a name that starts with junit. */
    private static final Pattern NAME = Pattern.compile("^artifacts/(.*/)?junit.*\\.xml$");

    private static final String FOLDER = "artifacts/";
    private static final String PREFIX = FOLDER + "junit";

    /** In the start of a file: the totals of a suite, or a failed test of a small one. */
    private static final Pattern FAILURE = Pattern.compile("\\b(failures|errors)=[\"'] *[1-9]|<(failure|error)\\b");

    static JunitFiles list(Artifacts artifacts, List<String> configured) {
        Optional<Listing> all = artifacts.list(FOLDER);
        if (all.isEmpty()) {
            return new JunitFiles(configured, false, true);
        }
        List<String> names = all.get().names();
        if (!all.get().complete()) {
            List<String> usual = artifacts.list(PREFIX).map(Listing::names).orElse(List.of());
            names = Stream.concat(names.stream(), usual.stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
        return new JunitFiles(
                names.stream().filter(name -> NAME.matcher(name).find()).toList(),
                true,
                all.get().complete());
    }

    /** The files whose start shows a failure, before the others. */
    List<String> failedFirst(Function<String, FetchResult> heads) {
        List<String> failed = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : names) {
            boolean shows = failed.size() + others.size() < MOST_HEADS && showsFailure(heads.apply(name));
            (shows ? failed : others).add(name);
        }
        failed.addAll(others);
        return failed;
    }

    private static boolean showsFailure(FetchResult head) {
        if (!(head instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return false;
        }
        try (content) {
            byte[] bytes = content.readNBytes(HEAD_BYTES);
            return FAILURE.matcher(new String(bytes, StandardCharsets.UTF_8)).find();
        } catch (IOException unread) {
            return false;
        }
    }
}
