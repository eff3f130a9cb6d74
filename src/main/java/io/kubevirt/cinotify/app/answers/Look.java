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
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.command.Red;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub shows of the place where a command stands.
 *
 * @param trusted whether Prow would trust the writer
 * @param head the newest commit of the pull request, where known
 * @param reds what is red on it
 * @param problem why GitHub could not be asked for it; null if it could, or needed not
 */
record Look(
        boolean trusted,
        @Nullable String head,
        List<Red> reds,
        @Nullable String problem) {

    Look {
        reds = List.copyOf(reds);
    }
}
