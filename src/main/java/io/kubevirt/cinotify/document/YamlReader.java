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
package io.kubevirt.cinotify.document;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns SnakeYAML's events, which carry lines, into Jackson's nodes, which the rest of the program reads.
 *
 * <p>From events and not from SnakeYAML's own nodes: a cold start reads a whole job configuration, and composing those
 * took about twice as long as the events alone.
 */
final class YamlReader {

    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    private static final int MAX_DEPTH = 100;

    /** Aliases repeat what they name: a small text must not become an endless tree ("billion laughs"). */
    private static final long MAX_NODES = 2_000_000;

    private static final String CONFLICT = "<<<<<<< ";

    private final String file;
    private final Map<String, Element> anchors = new HashMap<>();
    private final Set<String> unfinished = new HashSet<>();
    private long nodes;

    YamlReader(String file) {
        this.file = file;
    }

    YamlDocument read(String text) throws InvalidDocument {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidDocument(Problem.ofFile(
                    file, "it has more than " + MAX_CHARACTERS + " characters", "split it into several files"));
        }
        try {
            return document(new ParserImpl(new StreamReader(text), options()));
        } catch (Unreadable e) {
            throw new InvalidDocument(e.in(file));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            requireNoConflict(text);
            throw syntax(mark == null ? null : mark.getLine() + 1, e.getProblem());
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            throw syntax(line, "it contains the character U+%04X".formatted(e.getCodePoint()));
        } catch (RuntimeException e) {
            // SnakeYAML lets a few others escape, such as the one for a version number that is too large.
            throw syntax(null, String.valueOf(e.getMessage()));
        }
    }

    /** The parser complains of what follows the marks of a merge, in its own words. */
    private void requireNoConflict(String text) throws InvalidDocument {
        int line = 1;
        for (String read : text.lines().toList()) {
            if (read.startsWith(CONFLICT)) {
                throw new InvalidDocument(new Problem(
                        file,
                        line,
                        "a merge has left its conflict here",
                        "keep one side of it, and take the marks out"));
            }
            line++;
        }
    }

    private InvalidDocument syntax(@Nullable Integer line, String what) {
        return new InvalidDocument(new Problem(file, line, "not valid YAML: " + what, "mend the syntax"));
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        return options;
    }

    private YamlDocument document(Parser events) {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return new YamlDocument(file, MissingNode.getInstance(), null);
        }
        events.getEvent();
        Element root = node(events, 0);
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw new Unreadable(
                    line(events.peekEvent()), "a second document starts here", "give each document its own file");
        }
        return root.value().isNull()
                ? new YamlDocument(file, MissingNode.getInstance(), root.lines())
                : new YamlDocument(file, root.value(), root.lines());
    }

    private Element node(Parser events, int depth) {
        Event event = events.getEvent();
        if (depth > MAX_DEPTH) {
            throw new Unreadable(
                    line(event), "it is nested more than " + MAX_DEPTH + " levels deep", "make it flatter");
        }
        spend(1, event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        @Nullable String anchor = ((NodeEvent) event).getAnchor();
        if (anchor == null) {
            return content(event, events, depth);
        }
        unfinished.add(anchor);
        Element element = content(event, events, depth);
        unfinished.remove(anchor);
        anchors.put(anchor, element);
        return element;
    }

    private Element content(Event event, Parser events, int depth) {
        return switch (event) {
            case MappingStartEvent start -> mapping(start, events, depth);
            case SequenceStartEvent start -> sequence(start, events, depth);
            case ScalarEvent scalar -> Element.scalar(YamlScalar.read(scalar), line(scalar));
            default -> throw new Unreadable(line(event), "something stands where a value should", "mend the syntax");
        };
    }

    private Element aliased(AliasEvent alias) {
        Element element = anchors.get(alias.getAnchor());
        if (unfinished.contains(alias.getAnchor())) {
            throw new Unreadable(
                    line(alias), "\"*" + alias.getAnchor() + "\" stands within what it names", "name something else");
        }
        if (element == null) {
            throw new Unreadable(
                    line(alias),
                    "\"*" + alias.getAnchor() + "\" names nothing above it",
                    "put \"&" + alias.getAnchor() + "\" before the value that is meant");
        }
        spend(element.size(), alias);
        return element;
    }

    private Element sequence(SequenceStartEvent start, Parser events, int depth) {
        List<Element> elements = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            elements.add(node(events, depth + 1));
        }
        events.getEvent();
        return Element.sequence(elements, line(start));
    }

    private Element mapping(MappingStartEvent start, Parser events, int depth) {
        YamlMapping mapping = new YamlMapping(line(start));
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event key = events.getEvent();
            if (!(key instanceof ScalarEvent word)) {
                throw new Unreadable(line(key), "a key is not a word", "write the key as plain or quoted text");
            }
            if (word.getAnchor() != null) {
                anchors.put(word.getAnchor(), Element.scalar(YamlScalar.read(word), line(word)));
            }
            Element value = node(events, depth + 1);
            if (word.isPlain() && word.getValue().equals("<<")) {
                mapping.merge(line(key), value);
            } else {
                mapping.put(word.getValue(), line(key), value);
            }
        }
        spend(mapping.mergedEntries(), events.getEvent());
        return mapping.element();
    }

    private void spend(long more, Event at) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new Unreadable(
                    line(at),
                    "it grows beyond " + MAX_NODES + " values when its aliases are followed",
                    "repeat less by alias");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }
}
