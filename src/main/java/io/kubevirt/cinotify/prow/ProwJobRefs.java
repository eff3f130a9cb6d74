// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ProwJob tests: its {@code refs}, or, as Prow itself does for labels and reports, the first of its {@code extra_refs}
 * where it has none (prow-contract §6).
 *
 * @param repository null where there is none, or none that GitHub could have
 * @param pulls those of {@code refs}, since the others are only cloned beside it
 */
record ProwJobRefs(
        @Nullable Repository repository, @Nullable String baseRef, List<Pull> pulls) {

    static ProwJobRefs of(JsonNode spec) {
        JsonNode own = spec.path("refs");
        JsonNode main = own.isObject() ? own : spec.path("extra_refs").path(0);
        Repository repository = new Repository(JsonValues.text(main.path("org")), JsonValues.text(main.path("repo")));
        return new ProwJobRefs(
                RunUrl.isPlain(repository) ? repository : null,
                JsonValues.textOrNull(main.path("base_ref")),
                pulls(own.path("pulls")));
    }

    private static List<Pull> pulls(JsonNode pulls) {
        List<Pull> read = new ArrayList<>();
        for (JsonNode pull : pulls) {
            JsonNode number = pull.path("number");
            if (number.isIntegralNumber() && number.canConvertToInt() && number.intValue() > 0) {
                read.add(new Pull(
                        number.intValue(),
                        JsonValues.textOrNull(pull.path("author")),
                        JsonValues.sha(JsonValues.text(pull.path("sha")))));
            }
        }
        return read;
    }
}
