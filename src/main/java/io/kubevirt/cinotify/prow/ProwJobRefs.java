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
