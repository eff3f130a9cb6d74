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
package io.kubevirt.cinotify.app.bump;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.bump.PullRequestNews;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Store;
import java.util.Optional;

/** The way of a {@code pull_request} event; what else is said in it is heard elsewhere. */
public final class HandlePullRequest {

    /** The name of the event. */
    public static final String EVENT = "pull_request";

    private HandlePullRequest() {}

    /**
     * Takes it in, in a transaction of its own, if a bot has opened it.
     *
     * @param payload the event
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if the store fails
     */
    public static void take(JsonNode payload, Store store, Settings settings) {
        Optional<PullRequestNews> news = PullRequestNews.read(payload.path(EVENT));
        if (news.isPresent() && settings.file().bumps() != null) {
            store.inTransaction(transaction -> {
                new BumpBook(settings, transaction).take(news.get());
                return true;
            });
        }
    }
}
