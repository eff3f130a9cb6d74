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
package io.kubevirt.cinotify.notice.template;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a channel, compiled and tried out. Whatever a template shows goes through the channel's dialect: none
 * can forget it, and none can go around it.
 */
public final class Templates {

    /** A loop of the operator's that never ends must not end us; rendering takes less than a millisecond. */
    private static final long PATIENCE_MILLIS = 5_000;

    private final TemplateSet set;
    private final Map<String, Template> compiled;

    private Templates(TemplateSet set, Map<String, Template> compiled) {
        this.set = set;
        this.compiled = compiled;
    }

    /**
     * Reads, compiles and tries all templates of a channel.
     *
     * @param folder the operator's templates, with a folder for each channel; null for none
     * @throws InvalidDocument with all that is wrong with them, by file and line
     */
    public static Templates open(TemplateSet set, @Nullable Path folder) throws InvalidDocument {
        Map<String, TemplateFiles.Source> sources = TemplateFiles.read(set, folder);
        List<Problem> problems = new ArrayList<>();
        Map<String, Template> compiled = new LinkedHashMap<>();
        Engine texts = engine(set.dialect(), sources);
        Engine titles = engine(set.dialectOf(TemplateSet.TITLE), sources);
        for (String name : set.shown()) {
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
                .attempt(name, sources)
                .ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems.stream().distinct().toList());
        }
        return templates;
    }

    /** The text that a template makes, cut to what the channel takes. */
    public String render(String name, MessageView view) {
        Template template = compiled.get(name);
        if (template == null) {
            throw new IllegalArgumentException("no template " + name + " of " + set.channel());
        }
        String written = template.render(view).strip();
        // Lines that showed nothing leave gaps.
        String tight = written.replaceAll("\n{3,}", "\n\n");
        String line = name.equals(TemplateSet.TITLE) ? Letters.oneLine(tight) : tight;
        return set.dialectOf(name).cut(line, set.limitOf(name));
    }

    private Optional<Problem> attempt(String name, Map<String, TemplateFiles.Source> sources) {
        for (MessageView example : ExampleMessages.views(name)) {
            try {
                if (render(name, example).isBlank()) {
                    return Optional.of(Problem.ofFile(
                            file(name, sources), "shows nothing", "let it show at least {title} and {text}"));
                }
            } catch (TemplateException e) {
                return Optional.of(problem(e, sources, name));
            }
        }
        return Optional.empty();
    }

    private static Engine engine(Dialect dialect, Map<String, TemplateFiles.Source> sources) {
        return Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new InDialect(dialect))
                .addLocator(id -> Optional.ofNullable(sources.get(id)).map(SourceLocation::new))
                .strictRendering(true)
                .timeout(PATIENCE_MILLIS)
                .build();
    }

    private static String file(String name, Map<String, TemplateFiles.Source> sources) {
        TemplateFiles.Source source = sources.get(name);
        return source == null ? name : source.file();
    }

    private static Problem problem(TemplateException e, Map<String, TemplateFiles.Source> sources, String name) {
        Origin origin = e.getOrigin();
        return new Problem(
                file(origin == null ? name : origin.getTemplateId(), sources),
                origin == null ? null : origin.getLine(),
                Letters.oneLine(String.valueOf(e.getMessage())),
                "mend the template; docs/decisions/0014-github-and-templates.md lists what one can show");
    }

    /** The only way out of a template for a value. */
    private record InDialect(Dialect dialect) implements ResultMapper {
        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return true;
        }

        @Override
        public String map(Object result, Expression expression) {
            return result instanceof Piece piece ? piece.in(dialect) : dialect.text(String.valueOf(result));
        }
    }
}
