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
package io.kubevirt.cinotify.incident.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A pull request.
 *
 * @param repository {@code org/name}
 * @param number its number; 0 where it is not known
 */
record PullKey(String repository, int number) {

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    static PullKey parse(String text) {
        int hash = text.lastIndexOf('#');
        return new PullKey(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
    }

    @JsonValue
    @Override
    public String toString() {
        return repository + "#" + number;
    }
}
