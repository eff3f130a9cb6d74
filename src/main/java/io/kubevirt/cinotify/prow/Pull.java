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

import org.jspecify.annotations.Nullable;

/**
 * A pull request under test in a run.
 *
 * @param number its number in the run's repository
 * @param author the GitHub login of its author, where the door knows it
 * @param sha the head commit that was tested, where the door knows it
 */
public record Pull(
        int number, @Nullable String author, @Nullable String sha) {

    /** A pull request of which only the number is known, as from an address of artifacts. */
    public static Pull numbered(int number) {
        return new Pull(number, null, null);
    }
}
