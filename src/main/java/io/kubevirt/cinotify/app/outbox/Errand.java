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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.store.Root;
import io.kubevirt.cinotify.store.SayingRow;
import io.kubevirt.cinotify.store.StrandKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done at a place that has been taken for it.
 *
 * @param claim the name under which the place was taken
 * @param begun when
 * @param root what stood there then
 * @param certain from when on what is not found is not there
 * @param content what to say; null if what is stored cannot be read
 */
record Errand(
        String claim,
        Instant begun,
        StrandKey key,
        Plan.Step step,
        Root root,
        Instant certain,
        @Nullable Content content) {

    SayingRow row() {
        return step.row();
    }

    /** Whether what it does not find is not there. */
    boolean isCertain() {
        return !begun.isBefore(certain);
    }
}
