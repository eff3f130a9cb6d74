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
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a line of a log is worth. */
public enum LineKind {
    /** It says why the run failed. */
    CAUSE,
    /** It may say so where no line says it better: runs that go well have it, too. */
    HINT,
    /** It tells of clearing away, after everything: never a cause. */
    TEARDOWN,
    /** It stands in good logs as in bad ones: never a cause. */
    NOISE;

    /** In lower case, as in settings and output. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
