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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ci-notify would make of a bot's pull request; the contract of {@code explain --bump-file} (design.md section 10).
 *
 * @param bump whether it brings in new versions
 * @param of the class; null if it is a human's
 * @param area who answers for it; null if nobody is told of it
 */
record BumpExplanation(
        @Nullable Repository repo,
        @Nullable Integer number,
        boolean bump,
        @JsonProperty("class") @Nullable String of,
        @Nullable String area,
        @Nullable String sig,
        List<String> trace) {

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder((repo == null ? "?" : repo) + "#" + (number == null ? "?" : number));
        text.append("\n  class   ").append(of == null ? "none" : of).append(bump ? "" : ", no bump");
        text.append("\n  area    ").append(area == null ? "none" : area);
        text.append("\n  sig     ").append(sig == null ? "none" : sig);
        trace.forEach(reason -> text.append("\n  why     ").append(reason));
        return text.toString();
    }
}
