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
package io.kubevirt.cinotify.notice;

import java.util.List;
import java.util.Optional;

/**
 * The channels that are open.
 *
 * @param open each with a name of its own
 */
public record Channels(List<Channel> open) {

    /** Copies the list. */
    public Channels {
        open = List.copyOf(open);
        if (open.stream().map(Channel::name).distinct().count() < open.size()) {
            throw new IllegalArgumentException("two channels have one name: " + open);
        }
    }

    /** One for each place at which a content is to be said. */
    public List<Saying> sayings(Content content) {
        return open.stream()
                .flatMap(channel -> channel.places(content).stream()
                        .distinct()
                        .map(place -> new Saying(channel.name(), place, content)))
                .toList();
    }

    /** The channel of a name. */
    public Optional<Channel> named(String name) {
        return open.stream().filter(channel -> channel.name().equals(name)).findFirst();
    }
}
