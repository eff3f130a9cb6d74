// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.util.Optional;

/** Passes sources that {@link TemplateFiles} read to Qute. */
record InMemoryTemplateLocation(TemplateFiles.Source source) implements TemplateLocation {

    @Override
    public Reader read() {
        return new StringReader(source.text());
    }

    @Override
    public Optional<Variant> getVariant() {
        return Optional.empty();
    }
}
