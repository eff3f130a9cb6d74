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
import java.util.function.Function;
import org.jboss.logging.Logger;

/** A channel that asks and writes nothing: the log shows what it would write. */
public final class DryRun implements Channel {

    /** By what it claims to know what it never wrote. */
    static final String REFERENCE = "dry-run";

    private static final Logger LOG = Logger.getLogger(DryRun.class);

    private final Channel channel;
    private final Function<Saying, String> shown;

    /**
     * @param channel the real one
     * @param shown what it would write, as text
     */
    public DryRun(Channel channel, Function<Saying, String> shown) {
        this.channel = channel;
        this.shown = shown;
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public Abilities abilities() {
        return channel.abilities();
    }

    @Override
    public List<String> places(Content content) {
        return channel.places(content);
    }

    @Override
    public Optional<String> home() {
        return channel.home();
    }

    @Override
    public Receipt post(Saying saying) {
        return show("post at", saying);
    }

    @Override
    public Receipt edit(Saying saying, String root) {
        return show("edit at", saying);
    }

    @Override
    public Receipt reply(Saying saying, String root) {
        return show("reply at", saying);
    }

    @Override
    public Lookup findRoot(Saying saying) {
        return new Lookup.Missing();
    }

    @Override
    public Lookup findReply(Saying saying, String root) {
        return new Lookup.Missing();
    }

    private Receipt show(String what, Saying saying) {
        LOG.infof("dry run: %s would %s %s: %s", name(), what, saying.place(), shown.apply(saying));
        return new Receipt.Written(REFERENCE);
    }
}
