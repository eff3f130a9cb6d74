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

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the artifacts of a red run show of its failure. All text is from outside: escape it.
 *
 * @param signature equal for the same problem wherever it strikes (design.md section 4); empty if nothing was found
 * @param excerpt the first lines of the cause: of the build log, or of what a failed test says
 * @param excerptUrl where the log shows them, for people
 * @param failingTests names of failed tests, in order, cut to a few
 * @param failedCount how many tests failed, those cut included
 * @param node the node on which the run's pod was, where known
 * @param same where else the same failure was seen; null as long as nobody has compared
 */
public record Symptoms(
        String signature,
        List<String> excerpt,
        @Nullable String excerptUrl,
        List<String> failingTests,
        int failedCount,
        @Nullable String node,
        @Nullable SameFailure same) {

    /** Copies the lists. */
    public Symptoms {
        excerpt = List.copyOf(excerpt);
        failingTests = List.copyOf(failingTests);
    }

    /** Of one run alone. */
    public Symptoms(
            String signature,
            List<String> excerpt,
            @Nullable String excerptUrl,
            List<String> failingTests,
            int failedCount,
            @Nullable String node) {
        this(signature, excerpt, excerptUrl, failingTests, failedCount, node, null);
    }

    /** The same, compared with what others show. */
    Symptoms with(SameFailure compared) {
        return new Symptoms(signature, excerpt, excerptUrl, failingTests, failedCount, node, compared);
    }
}
