// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a channel needs to open.
 *
 * @param httpClient closed with the program
 * @param configFolder the folder of the configuration file
 * @param templates the current templates of a set
 * @param links the current links
 * @param configs the channel blocks of the current configuration
 */
public record ChannelContext(
        BoundedHttpClient httpClient,
        Path configFolder,
        Function<TemplateSet, Templates> templates,
        Supplier<Links> links,
        Supplier<List<ChannelConfig>> configs) {
    /** A file with a secret, relative to the configuration file. */
    public SecretFile secret(String file) {
        return new SecretFile(configFolder.resolve(file));
    }

    /** The current templates of a set. */
    public Supplier<Templates> templates(TemplateSet set) {
        return () -> templates.apply(set);
    }

    /**
     * The block in force. A channel that is removed from the configuration keeps its initial block for messages that are
     * on their way.
     */
    public <C extends ChannelConfig> Supplier<C> current(Class<C> type, C initial) {
        return () -> configs.get().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(initial);
    }
}
