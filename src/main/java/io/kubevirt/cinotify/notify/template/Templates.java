// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The compiled and validated templates of a channel. Every value passes the markup of the channel. */
public final class Templates {
    /** An endless loop in a template must not block the program; rendering takes less than a millisecond. */
    private static final long TIMEOUT_MILLIS = 5_000;

    private final TemplateSet set;
    private final Map<String, Template> compiled;

    private Templates(TemplateSet set, Map<String, Template> compiled) {
        this.set = set;
        this.compiled = compiled;
    }

    /**
     * Reads, compiles and validates all templates of a channel.
     *
     * @param folder of the operator, with a folder per channel; null for none
     * @throws InvalidConfigException with all problems, by file and line
     */
    public static Templates open(TemplateSet set, @Nullable Path folder) throws InvalidConfigException {
        Map<String, TemplateFiles.Source> sources = TemplateFiles.read(set, folder);
        List<ConfigProblem> problems = new ArrayList<>();
        Map<String, Template> compiled = new LinkedHashMap<>();
        Engine texts = engine(set.markup(), sources);
        Engine titles = engine(set.markupOf(TemplateSet.TITLE), sources);
        for (String name : set.renderable()) {
            Engine engine = name.equals(TemplateSet.TITLE) ? titles : texts;
            try {
                Template template = engine.getTemplate(name);
                compiled.put(name, template);
            } catch (TemplateException e) {
                problems.add(problem(e, sources, name));
            }
        }
        Templates templates = new Templates(set, compiled);
        templates.compiled.keySet().forEach(name -> templates
                .tryRender(name, sources)
                .ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems.stream().distinct().toList());
        }
        return templates;
    }

    /** Renders a template without secrets, which the texts of runs may contain, shortened to the limit of the channel. */
    public String render(String name, MessageModel view) {
        Template template = compiled.get(name);
        if (template == null) {
            throw new IllegalArgumentException("no template " + name + " of " + set.channel());
        }
        String written = Secrets.censor(template.render(view).strip());
        // Lines without a value leave gaps.
        String tight = written.replaceAll("\n{3,}", "\n\n");
        return name.equals(TemplateSet.TITLE)
                ? set.shortenedTitle(tight)
                : set.markupOf(name).truncate(tight, set.limitOf(name));
    }

    private Optional<ConfigProblem> tryRender(String name, Map<String, TemplateFiles.Source> sources) {
        for (MessageModel example : SampleMessages.models(name)) {
            try {
                if (render(name, example).isBlank()) {
                    return Optional.of(ConfigProblem.ofFile(
                            file(name, sources), "renders nothing", "show at least {title} and {text}"));
                }
            } catch (TemplateException e) {
                return Optional.of(problem(e, sources, name));
            }
        }
        return Optional.empty();
    }

    private static Engine engine(Markup markup, Map<String, TemplateFiles.Source> sources) {
        return Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new MarkupResultMapper(markup))
                .addLocator(id -> Optional.ofNullable(sources.get(id)).map(InMemoryTemplateLocation::new))
                .strictRendering(true)
                .timeout(TIMEOUT_MILLIS)
                .build();
    }

    private static String file(String name, Map<String, TemplateFiles.Source> sources) {
        TemplateFiles.Source source = sources.get(name);
        return source == null ? name : source.file();
    }

    private static ConfigProblem problem(TemplateException e, Map<String, TemplateFiles.Source> sources, String name) {
        Origin origin = e.getOrigin();
        return new ConfigProblem(
                file(origin == null ? name : origin.getTemplateId(), sources),
                origin == null ? null : origin.getLine(),
                Escapes.oneLine(String.valueOf(e.getMessage())),
                "fix the template; docs/decisions/0014-github-and-templates.md describes templates");
    }

    /** Every value of a template passes it. */
    private record MarkupResultMapper(Markup markup) implements ResultMapper {
        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return true;
        }

        @Override
        public String map(Object result, Expression expression) {
            return result instanceof Fragment fragment ? fragment.render(markup) : markup.text(String.valueOf(result));
        }
    }

    /** Passes sources that {@link TemplateFiles} read to Qute. */
    private record InMemoryTemplateLocation(TemplateFiles.Source source) implements TemplateLocation {
        @Override
        public Reader read() {
            return new StringReader(source.text());
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.empty();
        }
    }
}
