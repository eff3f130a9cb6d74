// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.web.page.Shell;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** The templates of the pages. Every value is escaped for HTML; operators cannot replace them. */
final class PageTemplates {
    private static final long TIMEOUT_MILLIS = 5_000;

    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of("text/html")))
            .addLocator(id -> Optional.of(new Source(id)))
            .strictRendering(true)
            .timeout(TIMEOUT_MILLIS)
            .build();

    /**
     * @param page what the template shows, as {@code page}
     * @param embed without head and foot, for a screen on a wall
     */
    String render(String template, Shell shell, Object page, boolean embed) {
        return engine.getTemplate(template)
                .data("shell", shell)
                .data("page", page)
                .data("embed", embed)
                .render();
    }

    private record Source(String name) implements TemplateLocation {
        @Override
        public Reader read() {
            return new StringReader(Resources.text("/board/" + name + ".html"));
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType("text/html"));
        }
    }
}
