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
package io.kubevirt.cinotify.app;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the plugin sees every run of this Prow: only a door that lists them all can tell that one is missing. Webhooks
 * cannot, for GitHub never hears of periodic jobs.
 */
public interface Sight {

    /**
     * Since when every run is seen without a break, what was missed before included. Empty while the plugin is blind: no
     * such door is open, it is down, or it has not caught up yet.
     */
    Optional<Instant> since();
}
