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

/** The lanes of one pull request: which are red, which have run. */
final class PullLanes implements Counter {

    private final Bag<String> red = new Bag<>();
    private final Bag<String> seen = new Bag<>();

    @Override
    public void add(Entry entry) {
        seen.add(entry.run().job());
        if (isRed(entry)) {
            red.add(entry.run().job());
        }
    }

    @Override
    public void remove(Entry entry) {
        seen.remove(entry.run().job());
        if (isRed(entry)) {
            red.remove(entry.run().job());
        }
    }

    /** A flake is no evidence of something larger. */
    private static boolean isRed(Entry entry) {
        return entry.failed() && entry.mark() != Mark.FLAKE;
    }

    Bag<String> red() {
        return red;
    }

    Bag<String> seen() {
        return seen;
    }
}
