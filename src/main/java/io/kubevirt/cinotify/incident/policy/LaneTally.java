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

import org.jspecify.annotations.Nullable;

/** The figures of one lane. */
final class LaneTally {

    private final Bag<Integer> pulls = new Bag<>();
    private int red;
    private int green;
    private @Nullable Integer need;

    void add(Entry entry) {
        need = entry.run().need();
        count(entry, 1);
        if (entry.counts()) {
            pulls.add(entry.run().pull());
        }
    }

    void remove(Entry entry) {
        count(entry, -1);
        if (entry.counts()) {
            pulls.remove(entry.run().pull());
        }
    }

    private void count(Entry entry, int difference) {
        red += entry.counts() ? difference : 0;
        green += entry.isGreen() ? difference : 0;
    }

    /** Distinct pull requests with a red run that counts. */
    int pulls() {
        return pulls.distinct();
    }

    /** Red runs that count. */
    int red() {
        return red;
    }

    /** Runs that passed, or would have. */
    int green() {
        return green;
    }

    /** What the job asks for itself. */
    @Nullable Integer need() {
        return need;
    }
}
